import type { Plan } from './plan.js';

/** Of the built-in models. */
const LARGEST = ['!openai/gpt-6-astra', '!anthropic/claude-opus-*'];
const LARGE = [...LARGEST, '!openai/gpt-*-sol', '!xai/grok-4.6'];

/** The plans of an installation that brings no file of its own, cheapest first. */
export const BUILT_IN_PLANS: readonly Plan[] = [
  {
    ...{ id: 'free', name: 'Free', models: ['*', ...LARGE] },
    ...{ messagesPerDay: 100, tokensPerMonth: 2_000_000, repliesAtOnce: 3 },
  },
  {
    ...{ id: 'plus', name: 'Plus', models: ['*', ...LARGEST] },
    ...{ messagesPerDay: 500, tokensPerMonth: 20_000_000, repliesAtOnce: 10 },
  },
  {
    ...{ id: 'pro', name: 'Pro', models: ['*'] },
    ...{ messagesPerDay: null, tokensPerMonth: 200_000_000, repliesAtOnce: 30 },
  },
];
