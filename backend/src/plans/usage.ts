/** Tokens that a reply is expected to have at least, before anything is known of it. */
const REPLY_TOKENS = 1_000;

/** Tokens of an image, roughly and at most vendors. */
export const IMAGE_TOKENS = 1_000;

/** Characters of a token, roughly and in most languages. */
const CHARACTERS_A_TOKEN = 4;

/** What a text of so many characters is expected to come to. */
export function tokensOfText(length: number): number {
  return Math.ceil(length / CHARACTERS_A_TOKEN);
}

/** Tokens that a new prompt and the reply to it are expected to have; what was said before comes on top. */
export function expectedTokens(prompt: string): number {
  return tokensOfText(prompt.length) + REPLY_TOKENS;
}

/** What counts against somebody's limits now, by the database's clock. Days and months are those of UTC. */
export interface UsageFigures {
  readonly messagesToday: number;
  /** What was used, and what replies that are being written have reserved. */
  readonly tokensThisMonth: number;
  readonly repliesAtOnce: number;
  readonly dayEnds: Date;
  readonly monthEnds: Date;
}

/** One limit and how much of it is used. */
export interface Quota {
  readonly used: number;
  /** `null`: no limit. */
  readonly limit: number | null;
  readonly remaining: number | null;
  /** `null`: it does not come back by time. */
  readonly resetsAt: Date | null;
}

export interface Usage {
  readonly messagesToday: Quota;
  readonly tokensThisMonth: Quota;
  readonly repliesAtOnce: Quota;
}

export function quotaOf(used: number, limit: number | null, resetsAt: Date | null): Quota {
  // Less than nothing is left where a reply had more than was expected, or where the plan has become smaller.
  return { used, limit, remaining: limit === null ? null : Math.max(0, limit - used), resetsAt };
}
