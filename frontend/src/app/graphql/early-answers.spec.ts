import { takeEarly } from './early-answers';
import { ChatDocument, ModelsDocument, ViewerDocument } from './generated/graphql';

describe(takeEarly.name, () => {
  const page = globalThis as { rivuletAsked?: unknown[] };
  const chat = { chat: { id: 'c1' } };

  /** What the page began with. */
  const begin = (response: Promise<Response>, at = performance.now()): void => {
    response.catch(() => undefined);
    page.rivuletAsked = [{ operationName: 'Chat', variables: { id: 'c1', last: 50 }, response, at }];
  };
  const answer = (body: unknown): Promise<Response> => Promise.resolve(Response.json(body));
  const take = (id = 'c1') => takeEarly(ChatDocument, { id, last: 50 });

  afterEach(() => {
    delete page.rivuletAsked;
  });

  it('takes an early answer, once', async () => {
    begin(answer({ data: chat }));
    expect(await take()).toEqual(chat);
    expect(await take()).toBeNull();
  });

  it('leaves the answer to another question', async () => {
    begin(answer({ data: chat }));
    expect(await take('c2')).toBeNull();
    expect(await take()).toEqual(chat);
    page.rivuletAsked = [
      {
        operationName: 'Models',
        variables: {},
        response: answer({ data: { models: [] } }),
        at: performance.now(),
      },
    ];
    expect(await takeEarly(ViewerDocument, {})).toBeNull();
    expect(await takeEarly(ModelsDocument, {})).toEqual({ models: [] });
  });

  it.each([
    ['a refusal', answer({ data: null, errors: [{ message: 'No.' }] })],
    ['half of an answer', answer({ data: chat, errors: [{ message: 'No.' }] })],
    ['what no GraphQL server says', answer({})],
    ["a proxy's page", Promise.resolve(new Response('<h1>Bad gateway</h1>'))],
    ['no answer at all', Promise.reject(new TypeError('Failed to fetch'))],
  ])('has %s asked again', async (_what, response) => {
    begin(response);
    expect(await take()).toBeNull();
  });

  it('has asked again what is too old to be true still', async () => {
    begin(answer({ data: chat }), performance.now() - 10_001);
    expect(await take()).toBeNull();
  });

  it('has nothing where nothing was asked before', async () => {
    expect(await take()).toBeNull();
  });
});
