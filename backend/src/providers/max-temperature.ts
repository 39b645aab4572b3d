/**
 * Models that think before they answer, by their vendors' names for them. They have their temperature themselves, and
 * refuse to be told one.
 */
export const THINKING_MODELS = {
  /** They can summarise what they thought; others refuse to be asked. */
  openai: /^(o\d|gpt-[5-9]|gpt-\d\d)/,
  /** They decide for themselves when to think, and show it when asked to: Claude 5 and later. */
  anthropic: /^claude-[a-z]+-([5-9]|\d{2})(-|$)/,
} as const;

/** The highest temperature that a vendor takes, where a catalog says nothing of the model; `0`: it takes none. */
export function usualMaxTemperature(provider: string, vendorModel: string): number {
  switch (provider) {
    case 'openai':
      return THINKING_MODELS.openai.test(vendorModel) ? 0 : 2;
    case 'anthropic':
      return THINKING_MODELS.anthropic.test(vendorModel) ? 0 : 1;
    case 'demo':
      return 0;
    default:
      return 2;
  }
}
