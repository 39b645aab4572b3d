import type { Model } from './models-api';
import { providerName } from './provider-name';

/** Why a model cannot be used, in a few words. */
export interface Unavailability {
  readonly text: string;
  /** Whether another plan would change it. */
  readonly way: 'see-plans' | 'none';
}

/** Models that stand together under one heading. */
export interface ModelGroup {
  readonly name: string;
  readonly models: readonly Model[];
  /** Whether their order is the viewer's own. */
  readonly movable: boolean;
  /** Why none of them can be used, where that is one and the same reason. */
  readonly reason: Unavailability | null;
}

/** The catalog as the picker shows it: pins first, then provider by provider; every word of `search` must occur. */
export function groupModels(models: readonly Model[], search: string): ModelGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = models.filter((model) => {
    const text = `${model.name} ${model.id} ${providerName(model.provider)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const byProvider = Map.groupBy(
    found.filter((model) => !model.pinned),
    (model) => model.provider,
  );
  const pinned = found.filter((model) => model.pinned);
  return [
    { name: $localize`Pinned`, models: pinned, movable: pinned.length > 1, reason: null },
    ...Array.from(byProvider, ([provider, group]) => ({
      name: providerName(provider),
      models: group,
      movable: false,
      reason: commonReason(group),
    })),
  ]
    .filter((group) => group.models.length > 0)
    .sort((a, b) => rank(a) - rank(b));
}

/** The catalog with a pin before another one, or with `null` after all of them. */
export function withPinMoved(models: readonly Model[], id: string, before: string | null): readonly Model[] {
  const model = models.find((one) => one.id === id);
  if (!model?.pinned || id === before) return models;
  const others = models.filter((one) => one !== model);
  const at =
    before === null
      ? others.findLastIndex((one) => one.pinned) + 1
      : others.findIndex((one) => one.id === before);
  return at < 0 ? models : others.toSpliced(at, 0, model);
}

/** What somebody's plan offers of all this, in a sentence. */
export function planSentence(
  models: readonly Model[],
  plan: { readonly id: string; readonly name: string },
): string {
  const included = models.filter((model) => model.plans.some(({ id }) => id === plan.id)).length;
  return included === models.length
    ? $localize`${plan.name}:plan: includes all models.`
    : $localize`${plan.name}:plan: includes ${included}:included: of ${models.length}:all: models.`;
}

function commonReason(models: readonly Model[]): Unavailability | null {
  const [first, ...others] = models.map(unavailability);
  return first && others.every((reason) => reason?.text === first.text) ? first : null;
}

/** What can be used stands above what cannot; pins stay on top. */
function rank({ models }: ModelGroup): number {
  if (models.some((model) => model.pinned)) return 0;
  return models.some((model) => model.available) ? 1 : 2;
}

/** Why a model cannot be used; `null`: it can. */
export function unavailability(model: Model): Unavailability | null {
  if (model.available) return null;
  switch (model.unavailableReason) {
    case 'MODEL_NOT_CONFIGURED':
      return {
        text: model.missingSetting
          ? $localize`needs ${model.missingSetting}:setting: on this server`
          : $localize`has no key on this server`,
        way: 'none',
      };
    case 'MODEL_NOT_IN_PLAN':
      return {
        text: $localize`Part of ${model.plans[0]?.name ?? $localize`another plan`}:plan:`,
        way: 'see-plans',
      };
    default:
      return { text: $localize`cannot be used now`, way: 'none' };
  }
}
