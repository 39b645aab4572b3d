import { groupModels, planSentence, unavailability, withPinMoved } from './model-groups';
import { aModel, aModelOutsidePlan, aModelWithoutKey } from './testing/models';

describe(groupModels.name, () => {
  const names = (models: Parameters<typeof groupModels>[0], search = '') =>
    groupModels(models, search).map((group) => [group.name, ...group.models.map(({ name }) => name)]);

  it('shows pins first, then what can be used, then the rest', () => {
    const models = [aModel('demo/b', { pinned: true }), aModelWithoutKey('openai/gpt'), aModel('demo/a')];
    expect(names(models)).toEqual([
      ['Pinned', 'b'],
      ['Demo', 'a'],
      ['OpenAI', 'gpt'],
    ]);
  });

  it('says once what is true of a whole provider', () => {
    const reason = (...models: Parameters<typeof groupModels>[0]) => groupModels(models, '')[0]?.reason;
    expect(reason(aModelWithoutKey('openai/a'), aModelWithoutKey('openai/b'))?.text).toBe(
      'has no key on this server',
    );
    expect(reason(aModelWithoutKey('openai/a'), aModel('openai/b'))).toBeNull();
    expect(reason(aModelWithoutKey('openai/a'), aModelOutsidePlan('openai/b'))).toBeNull();
    expect(reason(aModelOutsidePlan('openai/a'), aModelOutsidePlan('openai/b'))?.text).toBe('Part of Plus');
  });

  it('finds models by any words of their name or provider', () => {
    const models = [aModel('openai/gpt mini'), aModel('openai/gpt large'), aModel('xai/grok mini')];
    expect(names(models, 'MINI openai')).toEqual([['OpenAI', 'gpt mini']]);
    expect(names(models, 'nothing')).toEqual([]);
  });
});

describe(unavailability.name, () => {
  it('has nothing to say about a model that can be used', () => {
    expect(unavailability(aModel('demo/a'))).toBeNull();
  });

  it('names the cheapest plan that has the model, and the way there', () => {
    expect(unavailability(aModelOutsidePlan('xai/large'))).toEqual({
      text: 'Part of Plus',
      way: 'see-plans',
    });
    expect(unavailability(aModelOutsidePlan('xai/large', { plans: [] }))?.text).toBe('Part of another plan');
    expect(unavailability(aModelWithoutKey('xai/large'))?.way).toBe('none');
  });

  it('tells whoever may set it what the server lacks', () => {
    const text = (missingSetting: string | null) =>
      unavailability(aModelWithoutKey('xai/large', { missingSetting }))?.text;
    expect(text('XAI_API_KEY')).toBe('needs XAI_API_KEY on this server');
    expect(text(null)).toBe('has no key on this server');
  });
});

describe(withPinMoved.name, () => {
  const models = [aModel('p/a', { pinned: true }), aModel('p/b', { pinned: true }), aModel('p/c')];

  it.each([
    ['p/b', 'p/a', 'b a c'],
    ['p/a', null, 'b a c'],
    ['p/a', 'p/a', 'a b c'],
    ['p/c', 'p/a', 'a b c'],
    ['p/a', 'p/gone', 'a b c'],
  ])('puts %s before %s: %s', (id, before, order) => {
    const names = withPinMoved(models, id, before).map(({ name }) => name);
    expect(names.join(' ')).toBe(order);
  });
});

describe(planSentence.name, () => {
  const free = { id: 'free', name: 'Free' };

  it('says how many models somebody has, whether or not they have a key', () => {
    const models = [aModel('demo/a'), aModelWithoutKey('openai/a'), aModelOutsidePlan('xai/a')];
    expect(planSentence(models, free)).toBe('Free includes 2 of 3 models.');
    expect(planSentence(models.slice(0, 2), free)).toBe('Free includes all models.');
  });
});
