import { z } from 'zod';
import { refuseRepeatedIds } from '../config/yaml-list.js';

const text = z.string('must be a text').trim().min(1, 'must not be empty');

const listedModel = z.strictObject({
  id: text.regex(/^[a-z][a-z0-9-]*\/\S+$/, 'must be provider/model, as in openai/gpt-5.4-mini'),
  name: text,
  contextWindow: z.int('must be a whole number of tokens').positive('must be more than 0').optional(),
  maxTemperature: z
    .number('must be a number')
    .min(0, 'must be 0 or more')
    .max(2, 'must be 2 or less')
    .optional(),
  images: z.boolean('must be true or false').optional(),
  plans: z.never('is not said here: the plans of PLANS_FILE say which models they include').optional(),
});

/**
 * A model catalog: a list of `id` (provider/model), `name`, and where wanted `contextWindow` (tokens),
 * `maxTemperature` (0 for a model that takes none) and `images` (whether it can be shown any).
 */
export const modelsFile = z
  .array(listedModel, 'must be a list of models: `- id: …` and `name: …` for each')
  .min(1, 'must list at least one model')
  .superRefine(refuseRepeatedIds);
