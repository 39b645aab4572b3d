/** Reference links (`[a]: https://…`) by label, as they were defined anywhere in the reply. */
export type Links = Readonly<Record<string, { readonly href: string; readonly title?: string | null }>>;

/**
 * Text with inline marks, already HTML but not yet sanitised: only `appSafeHtml` may show it.
 * `markup` is what it was made from, so a block that did not change is recognised and keeps its nodes.
 */
interface Prose {
  readonly markup: string;
  readonly links: Links;
  readonly html: string;
}

export type ProseBlock =
  | (Prose & { readonly type: 'paragraph' | 'text' | 'verbatim' | 'table' | 'formula' })
  | (Prose & { readonly type: 'heading'; readonly level: number });

export interface CodeBlockContent {
  readonly type: 'code';
  readonly code: string;
  readonly language: string;
  /** More of it may come: the closing fence has not arrived. */
  readonly open: boolean;
}

export interface ListBlock {
  readonly type: 'list';
  readonly ordered: boolean;
  readonly start: number;
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly task: 'none' | 'open' | 'done';
  readonly blocks: readonly Block[];
}

/** One piece of a reply as it is shown. Never changed in place: another object means another look. */
export type Block =
  | ProseBlock
  | CodeBlockContent
  | ListBlock
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | { readonly type: 'rule' };
