import { counted } from '../browser/counted';
import type { Model } from '../models/models-api';

/** What every model is told in one chat, and how. */
export interface ChatSettings {
  /** Empty: nothing. */
  readonly systemPrompt: string;
  /** `null`: as each model has it. */
  readonly temperature: number | null;
}

export const NO_SETTINGS: ChatSettings = { systemPrompt: '', temperature: null };

/** As long as the server takes it, in UTF-16 code units. */
export const MAX_SYSTEM_PROMPT_LENGTH = 10_000;

export function areSet({ systemPrompt, temperature }: ChatSettings): boolean {
  return systemPrompt.trim() !== '' || temperature !== null;
}

/** What a model does with the temperature that was set, where that is not simply to take it. */
export function temperatureNote(temperature: number | null, model: Model | null): string {
  if (!model) return '';
  if (model.maxTemperature === 0) return $localize`${model.name}:model: has a temperature of its own.`;
  if (temperature === null || temperature <= model.maxTemperature) return '';
  return $localize`${model.name}:model: takes up to ${counted(model.maxTemperature)}:most:, and answers at its own until you change this.`;
}
