import type { Model } from '../models-api';

/** A model that can be used, unless said otherwise; `id` is `provider/name`. */
export function aModel(id: string, about: Partial<Model> = {}): Model {
  const [provider = '', name = ''] = id.split('/');
  return {
    id,
    name,
    provider,
    contextWindow: null,
    maxTemperature: 2,
    acceptsImages: true,
    available: true,
    unavailableReason: null,
    missingSetting: null,
    plans: [{ id: 'free', name: 'Free' }],
    pinned: false,
    ...about,
  };
}

/** A model whose provider has no key here. */
export function aModelWithoutKey(id: string, about: Partial<Model> = {}): Model {
  return aModel(id, { available: false, unavailableReason: 'MODEL_NOT_CONFIGURED', ...about });
}

/** A model of a plan that the viewer does not have. */
export function aModelOutsidePlan(id: string, about: Partial<Model> = {}): Model {
  const plans = [
    { id: 'plus', name: 'Plus' },
    { id: 'pro', name: 'Pro' },
  ];
  return aModel(id, { available: false, unavailableReason: 'MODEL_NOT_IN_PLAN', plans, ...about });
}
