import { z } from 'zod';
import type { AppConfig } from '../config/app-config.js';
import { readYamlList, refuseRepeatedIds } from '../config/yaml-list.js';
import { BUILT_IN_PLANS } from './built-in-plans.js';
import type { Plan } from './plan.js';

/** The largest number that GraphQL's Int can say. */
const MAX = 2_147_483_647;

const text = z.string('must be a text').trim().min(1, 'must not be empty');
/** YAML takes what begins with `!` or `*` for something of its own. */
const modelId = "must be a model id, as in openai/*; quote one that begins with * or !, as in '!openai/*'";
const pattern = z.string(modelId).regex(/^!?\S+$/, modelId);

const limit = z
  .int('must be a whole number')
  .min(0, 'must not be negative')
  .max(MAX, `must be at most ${MAX}; leave it out for no limit`)
  .nullable()
  .default(null);

const plan = z.strictObject({
  id: text.regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes'),
  name: text,
  models: z.array(pattern, 'must be a list of model ids, as in [openai/*]').default(['*']),
  messagesPerDay: limit,
  tokensPerMonth: limit,
  repliesAtOnce: limit,
});

/** A list of `id`, `name`, and where wanted `models` and limits. */
const plansFile = z
  .array(plan, 'must be a list of plans: `- id: …` and `name: …` for each')
  .min(1, 'must list at least one plan')
  .superRefine(refuseRepeatedIds);

/**
 * The plans of `PLANS_FILE`, or the built-in ones without it, cheapest first. A file that cannot be read, or that has
 * problems, throws an Error that names all of them, and the start ends.
 */
export function readPlans(config: Pick<AppConfig, 'plansFile'>): readonly Plan[] {
  const { plansFile: path } = config;
  return path === undefined ? BUILT_IN_PLANS : readYamlList('PLANS_FILE', path, plansFile);
}
