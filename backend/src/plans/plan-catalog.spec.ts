import { describe, expect, it } from '@jest/globals';
import { BUILT_IN_PLANS } from './built-in-plans.js';
import { PlanCatalog } from './plan-catalog.js';
import type { Plan } from './plan.js';

function plan(id: string, ...models: string[]): Plan {
  return { id, name: id, models, messagesPerDay: null, tokensPerMonth: null, repliesAtOnce: null };
}

describe(PlanCatalog.name, () => {
  describe('of', () => {
    const plans = new PlanCatalog([plan('basic', '*'), plan('gold', '*'), plan('all', '*')]);

    it('is what somebody has subscribed to, administrators too', () => {
      expect(plans.of({ planId: 'gold', isAdmin: false }).id).toBe('gold');
      expect(plans.of({ planId: 'gold', isAdmin: true }).id).toBe('gold');
    });

    it.each([null, 'silver'])(
      'falls back to the first plan, and for administrators to the last: %s',
      (planId) => {
        expect(plans.of({ planId, isAdmin: false }).id).toBe('basic');
        expect(plans.of({ planId, isAdmin: true }).id).toBe('all');
      },
    );

    it('is the first one for somebody who is not signed in', () => {
      expect(plans.of(undefined).id).toBe('basic');
    });
  });

  describe('including', () => {
    const plans = new PlanCatalog([
      plan('local', 'ollama/*'),
      plan('mini', 'openai/*-mini', 'xai/grok-4.3'),
      plan('most', '!openai/gpt-6-astra', '!anthropic/*'),
      plan('vendor', 'openai/*', '!openai/gpt-6-astra'),
      plan('all', '*'),
    ]);

    it.each([
      ['ollama/llama3.3:70b', ['local', 'most', 'all']],
      ['ollama/library/llama', ['local', 'most', 'all']],
      ['openai/gpt-5.4-mini', ['mini', 'most', 'vendor', 'all']],
      ['openai/gpt-6-astra', ['all']],
      ['anthropic/claude-haiku-5-5', ['all']],
      ['xai/grok-4.3', ['mini', 'most', 'all']],
      // A dot is a dot, and a pattern is no part of an id.
      ['xai/grok-4x3', ['most', 'all']],
      ['xai/grok-4.3-fast', ['most', 'all']],
    ])('finds the plans of %s, cheapest first', (modelId, expected) => {
      expect(plans.including(modelId).map(({ id }) => id)).toEqual(expected);
    });

    it('offers the demo and each vendor’s smaller models in every built-in plan, and the largest in the last', () => {
      const builtIn = new PlanCatalog(BUILT_IN_PLANS);
      const names = (modelId: string) => builtIn.including(modelId).map(({ name }) => name);
      for (const modelId of [
        'demo/rivulet',
        'openai/gpt-5.4-mini',
        'anthropic/claude-sonnet-5-5',
        'xai/grok-4.3',
      ])
        expect(names(modelId)).toEqual(['Free', 'Plus', 'Pro']);
      for (const modelId of ['openai/gpt-6.1-sol', 'xai/grok-4.6'])
        expect(names(modelId)).toEqual(['Plus', 'Pro']);
      for (const modelId of ['openai/gpt-6-astra', 'anthropic/claude-opus-5-5'])
        expect(names(modelId)).toEqual(['Pro']);
    });
  });
});
