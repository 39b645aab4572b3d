import { AppError } from '../errors/app-error.js';
import type { CatalogModel } from '../providers/model-catalog.js';
import { storable, type ChatSettings } from './chat.js';

/** Longest system prompt, in UTF-16 code units: it is sent with every message. */
export const MAX_SYSTEM_PROMPT_LENGTH = 10_000;

/** A system prompt as it is kept: one that says nothing is none. Throws VALIDATION_FAILED. */
export function checkedSystemPrompt(systemPrompt: string | null): string | null {
  const text = storable(systemPrompt ?? '').trim();
  if (text.length > MAX_SYSTEM_PROMPT_LENGTH) {
    throw new AppError(
      'VALIDATION_FAILED',
      `The system prompt is longer than ${MAX_SYSTEM_PROMPT_LENGTH} characters.`,
    );
  }
  return text === '' ? null : text;
}

/** Throws VALIDATION_FAILED where the model does not take this temperature. */
export function checkedTemperature(temperature: number, model: CatalogModel): number {
  if (takesTemperature(model, temperature)) return temperature;
  throw new AppError(
    'VALIDATION_FAILED',
    model.maxTemperature === 0
      ? `${model.name} takes no temperature.`
      : `${model.name} takes a temperature from 0 to ${model.maxTemperature}.`,
  );
}

/** What of a chat's settings this model is told: not a temperature that was set for another one, and that it would refuse. */
export function settingsFor(
  model: CatalogModel,
  { systemPrompt, temperature }: Pick<ChatSettings, 'systemPrompt' | 'temperature'>,
): { readonly system?: string; readonly temperature?: number } {
  return {
    ...(systemPrompt !== null && { system: systemPrompt }),
    ...(temperature !== null && takesTemperature(model, temperature) && { temperature }),
  };
}

function takesTemperature({ maxTemperature }: CatalogModel, temperature: number): boolean {
  return maxTemperature > 0 && temperature >= 0 && temperature <= maxTemperature;
}
