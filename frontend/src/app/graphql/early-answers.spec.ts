import { jest } from '@jest/globals';
import { fetchOrTake } from './early-answers';

describe(fetchOrTake.name, () => {
  const page = globalThis as { rivuletAsked?: unknown[] };
  const [early, later] = ['early', 'later'].map((text) => new Response(text)) as [Response, Response];
  let asked: string[];

  const ask = (operationName: string, variables: object = {}) => {
    const body = JSON.stringify({ operationName, variables, query: '…' });
    return fetchOrTake('/graphql', { method: 'POST', body });
  };
  /** What the page began with. */
  const begin = (response = Promise.resolve(early), at = performance.now()) => {
    response.catch(() => undefined);
    page.rivuletAsked = [{ operationName: 'Chat', variables: { id: 'c1', last: 50 }, response, at }];
  };

  beforeEach(() => {
    asked = [];
    jest.spyOn(globalThis, 'fetch').mockImplementation((_input, init) => {
      asked.push((JSON.parse(init?.body as string) as { operationName: string }).operationName);
      return Promise.resolve(later);
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    delete page.rivuletAsked;
  });

  it('takes an early answer, once', async () => {
    begin();
    expect(await ask('Chat', { id: 'c1', last: 50 })).toBe(early);
    expect(asked).toEqual([]);
    expect(await ask('Chat', { id: 'c1', last: 50 })).toBe(later);
    expect(asked).toEqual(['Chat']);
  });

  it('asks for anything else', async () => {
    begin();
    expect(await ask('Chat', { id: 'c2', last: 50 })).toBe(later);
    expect(await ask('Viewer', { id: 'c1', last: 50 })).toBe(later);
    expect(await ask('Chat', { id: 'c1', last: 50 })).toBe(early);
  });

  it('asks again for what is too old to be true still', async () => {
    begin(undefined, performance.now() - 10_001);
    expect(await ask('Chat', { id: 'c1', last: 50 })).toBe(later);
  });

  it('asks again for what came to nothing', async () => {
    begin(Promise.reject(new TypeError('Failed to fetch')));
    expect(await ask('Chat', { id: 'c1', last: 50 })).toBe(later);
  });

  it('asks where nothing was asked before', async () => {
    expect(await ask('Chat', { id: 'c1', last: 50 })).toBe(later);
  });
});
