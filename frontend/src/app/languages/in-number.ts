/** What is said of so many things, in the forms that a language may have; English has `one` and `other`. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** The form that the number asks for in the page's language. */
export function inNumber(count: number, forms: Forms): string {
  return forms[new Intl.PluralRules($localize.locale).select(count)] ?? forms.other;
}
