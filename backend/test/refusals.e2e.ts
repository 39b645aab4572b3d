import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from './support/api-client.js';
import { startInstallation, type Installation } from './support/installation.js';

const START =
  'mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { session { id } } }';

describe('what is refused', () => {
  let rivulet: Installation;
  let ada: ApiClient;

  beforeAll(async () => {
    rivulet = await startInstallation('one process');
    ada = await ApiClient.guest(rivulet.apis[0].url);
  });
  afterAll(() => rivulet.stop());

  it.each([
    ['an empty prompt', { prompt: ' \n ', modelId: 'openai/echo' }, 'VALIDATION_FAILED'],
    [
      'a prompt that is too long',
      { prompt: 'x'.repeat(400_001), modelId: 'openai/echo' },
      'VALIDATION_FAILED',
    ],
    ['an unknown model', { prompt: 'Hi', modelId: 'openai/none' }, 'MODEL_NOT_FOUND'],
    ['an unknown chat', { prompt: 'Hi', modelId: 'openai/echo', chatId: 'nope' }, 'NOT_FOUND'],
    [
      'a parent without a chat',
      { prompt: 'Hi', modelId: 'openai/echo', parentMessageId: 'x' },
      'VALIDATION_FAILED',
    ],
    [
      'a field that does not exist',
      { prompt: 'Hi', modelId: 'openai/echo', colour: 'red' },
      'VALIDATION_FAILED',
    ],
  ])('says why: %s', async (_what, input, code) => {
    expect(await ada.errorCode(START, { input })).toBe(code);
  });

  it.each([
    ['a page of nothing', '{ chats(first: 0) { edges { cursor } } }', 'VALIDATION_FAILED'],
    ['a page without end', '{ chats(first: 100000) { edges { cursor } } }', 'VALIDATION_FAILED'],
    ['a cursor that is none', '{ chats(after: "x") { edges { cursor } } }', 'VALIDATION_FAILED'],
    ['a query that is none', '{ chats( }', 'VALIDATION_FAILED'],
    ['an unknown field', '{ nothing }', 'VALIDATION_FAILED'],
  ])('says why: %s', async (_what, query, code) => {
    expect(await ada.errorCode(query)).toBe(code);
  });

  it('asks who is there before it shows chats', async () => {
    const nobody = new ApiClient(rivulet.apis[0].url);
    expect(await nobody.errorCode('{ chats { edges { cursor } } }')).toBe('UNAUTHENTICATED');
    await expect(nobody.allEvents('any')).rejects.toThrow('UNAUTHENTICATED');
    expect(await nobody.data('{ viewer { id } }')).toEqual({ viewer: null });
  });

  it('forgets who was there after signing out', async () => {
    const guest = await ApiClient.guest(rivulet.apis[0].url);
    const before = guest.on(guest.url);
    await guest.data('mutation { signOut }');
    expect(await before.data('{ viewer { id } }')).toEqual({ viewer: null });
  });

  it('answers a body that it cannot read in the form of GraphQL', async () => {
    const response = await fetch(`${rivulet.apis[0].url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{ "query": ',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'VALIDATION_FAILED' } }] });
  });

  it('answers a stream request that asks for nothing in the same form', async () => {
    const response = await fetch(`${rivulet.apis[0].url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: '{}',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'VALIDATION_FAILED' } }] });
  });

  it('has nothing at a path of nobody', async () => {
    const response = await fetch(`${rivulet.apis[0].url}/nothing.js`);
    expect(response.status).toBe(404);
  });
});
