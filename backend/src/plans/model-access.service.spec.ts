import { describe, expect, it } from '@jest/globals';
import type { AccountRepository } from '../accounts/account-repository.js';
import { testViewer } from '../accounts/testing/test-viewer.js';
import type { Viewer } from '../accounts/viewer.js';
import type { CatalogModel, ModelCatalog } from '../providers/model-catalog.js';
import { ModelAccess } from './model-access.service.js';
import { PlanCatalog } from './plan-catalog.js';

const viewer = testViewer();

function model(id: string, overrides: Partial<CatalogModel> = {}): CatalogModel {
  return {
    id,
    name: id,
    provider: 'p',
    vendorModel: id,
    maxTemperature: 2,
    acceptsImages: true,
    configured: true,
    setting: 'P_API_KEY',
    ...overrides,
  };
}

const MODELS = [model('p/a'), model('p/b'), model('p/c', { configured: false }), model('p/d')];

const UNLIMITED = { messagesPerDay: null, tokensPerMonth: null, repliesAtOnce: null };
const PLANS = new PlanCatalog([
  { ...UNLIMITED, id: 'free', name: 'Free', models: ['!p/b'] },
  { ...UNLIMITED, id: 'gold', name: 'Gold', models: ['*'] },
  { ...UNLIMITED, id: 'platinum', name: 'Platinum', models: ['*'] },
]);

function access(pins: string[] = []): ModelAccess {
  const catalog = {
    all: () => MODELS,
    find: (id: string) => MODELS.find((m) => m.id === id),
  } as ModelCatalog;
  const accounts = {
    pinnedModels: () => Promise.resolve(pins),
    pinModel: (_user: string, id: string) => Promise.resolve(void pins.push(id)),
    movePinnedModel: (_user: string, id: string, before?: string) =>
      Promise.resolve(void pins.splice(0, pins.length, ...(before ? [id, before] : [id]))),
  } as unknown as AccountRepository;
  return new ModelAccess(catalog, PLANS, accounts);
}

describe(ModelAccess.name, () => {
  describe('list', () => {
    it('puts pinned models first, in pin order', async () => {
      const ids = (await access(['p/d', 'p/a']).list(viewer)).map(({ id }) => id);
      expect(ids).toEqual(['p/d', 'p/a', 'p/b', 'p/c']);
    });

    it('says of each model whether it can be used, and why not', async () => {
      const reasons = (await access().list(undefined)).map(({ unavailableReason }) => unavailableReason);
      expect(reasons).toEqual([null, 'MODEL_NOT_IN_PLAN', 'MODEL_NOT_CONFIGURED', null]);
    });

    it('tells administrators alone what would configure a model, where that is missing', async () => {
      const settings = async (of: Viewer | undefined) =>
        (await access().list(of)).map(({ missingSetting }) => missingSetting);
      expect(await settings({ ...viewer, isAdmin: true })).toEqual([null, null, 'P_API_KEY', null]);
      expect(await settings(viewer)).toEqual([null, null, null, null]);
      expect(await settings(undefined)).toEqual([null, null, null, null]);
    });

    it('says which plans include a model, cheapest first', async () => {
      const [, model] = await access().list(viewer);
      expect(model?.plans.map(({ name }) => name)).toEqual(['Gold', 'Platinum']);
    });
  });

  describe('require', () => {
    it('names the cheapest plan that includes the model', () => {
      expect(() => access().require(viewer, 'p/b')).toThrow(
        expect.objectContaining({ facts: { plan: 'Gold' } }),
      );
    });

    it.each([
      ['p/x', 'MODEL_NOT_FOUND'],
      ['p/b', 'MODEL_NOT_IN_PLAN'],
      ['p/c', 'MODEL_NOT_CONFIGURED'],
    ])('refuses %s with %s', (id, code) => {
      expect(() => access().require(viewer, id)).toThrow(expect.objectContaining({ code }));
    });

    it('returns a model that may be used', () => {
      expect(access().require(viewer, 'p/a').id).toBe('p/a');
    });
  });

  describe('pin', () => {
    it('refuses a model that does not exist', async () => {
      await expect(access().pin(viewer, 'p/x')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    });

    it('returns the list in its new order', async () => {
      expect((await access().pin(viewer, 'p/d'))[0]?.id).toBe('p/d');
    });
  });

  describe('movePin', () => {
    it.each([
      ['p/x', 'p/a'],
      ['p/a', 'p/x'],
    ])('refuses to move %s before %s, as one of them does not exist', async (id, before) => {
      await expect(access().movePin(viewer, id, before)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    });

    it('returns the list in its new order', async () => {
      const models = await access(['p/a', 'p/d']).movePin(viewer, 'p/d', 'p/a');
      expect(models.map(({ id }) => id)).toEqual(['p/d', 'p/a', 'p/b', 'p/c']);
    });
  });
});
