import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from './support/api-client.js';
import { MODES, startInstallation, type Installation } from './support/installation.js';

const PIN = 'mutation ($modelId: ID!) { pinModel(modelId: $modelId) { id } }';
const MOVE =
  'mutation ($modelId: ID!, $before: ID) { movePinnedModel(modelId: $modelId, before: $before) { id pinned } }';

interface ListedModel {
  readonly id: string;
  readonly pinned: boolean;
}

describe.each(MODES)('models, with %s', (mode) => {
  let rivulet: Installation;

  beforeAll(async () => {
    // What it sets to nothing is not configured.
    rivulet = await startInstallation(mode, { env: { COMPATIBLE_SERVERS: '' } });
  });
  afterAll(() => rivulet.stop());

  async function somebodyWithPins(...ids: readonly string[]): Promise<ApiClient> {
    const client = await ApiClient.guest(rivulet.apis[0].url);
    for (const modelId of ids) await client.data(PIN, { modelId });
    return client;
  }

  async function pinsOf(client: ApiClient): Promise<string[]> {
    const { models } = await client.data<{ models: ListedModel[] }>('{ models { id pinned } }');
    return models.filter(({ pinned }) => pinned).map(({ id }) => id);
  }

  it('tells an administrator which variable a model is missing, and nobody else', async () => {
    const { url } = rivulet.apis[0];
    const seen = async (client: ApiClient) => {
      const listed = await client.data<{ models: { id: string }[] }>(
        '{ models { id unavailableReason missingSetting } }',
      );
      return listed.models.filter(({ id }) => ['local/echo', 'xai/echo'].includes(id));
    };
    const admin = await ApiClient.signedUp(url, 'admin@example.com');
    const missing = { id: 'local/echo', unavailableReason: 'MODEL_NOT_CONFIGURED' };
    const there = { id: 'xai/echo', unavailableReason: null, missingSetting: null };
    expect(await seen(admin)).toEqual([there, { ...missing, missingSetting: 'COMPATIBLE_SERVERS' }]);
    for (const other of [await ApiClient.signedUp(url, 'ada@example.com'), new ApiClient(url)])
      expect(await seen(other)).toEqual([there, { ...missing, missingSetting: null }]);
  });

  it('keeps pins in the order that they were given, for everything that asks', async () => {
    const ada = await somebodyWithPins('openai/echo', 'xai/echo', 'anthropic/echo');
    const { movePinnedModel } = await ada.data<{ movePinnedModel: ListedModel[] }>(MOVE, {
      modelId: 'anthropic/echo',
      before: 'openai/echo',
    });
    expect(movePinnedModel.slice(0, 3).map(({ id }) => id)).toEqual([
      'anthropic/echo',
      'openai/echo',
      'xai/echo',
    ]);
    await ada.on(rivulet.apis[1].url).data(MOVE, { modelId: 'openai/echo' });
    expect(await pinsOf(ada)).toEqual(['anthropic/echo', 'xai/echo', 'openai/echo']);
  });

  it('pins nothing by moving it, and knows no model that does not exist', async () => {
    const ada = await somebodyWithPins('openai/echo');
    await ada.data(MOVE, { modelId: 'xai/echo', before: 'openai/echo' });
    expect(await pinsOf(ada)).toEqual(['openai/echo']);
    expect(await ada.errorCode(MOVE, { modelId: 'xai/none' })).toBe('MODEL_NOT_FOUND');
    expect(await ada.errorCode(MOVE, { modelId: 'openai/echo', before: 'xai/none' })).toBe('MODEL_NOT_FOUND');
  });

  it('lets two windows move pins at once, and loses none', async () => {
    const ids = ['openai/echo', 'xai/echo', 'anthropic/echo', 'local/echo'];
    const ada = await somebodyWithPins(...ids);
    const elsewhere = ada.on(rivulet.apis[1].url);
    await Promise.all(
      ids.map((modelId, i) => (i % 2 ? ada : elsewhere).data(MOVE, { modelId, before: ids[(i + 2) % 4] })),
    );
    expect((await pinsOf(ada)).toSorted()).toEqual(ids.toSorted());
  });
});
