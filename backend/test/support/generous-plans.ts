/**
 * The plans of an installation whose stories are not about plans: far more than any of them uses, and yet limits, so that
 * every reply is reserved and settled as it is in earnest.
 */
export const GENEROUS_PLANS =
  '- { id: free, name: Free, messagesPerDay: 10000000, tokensPerMonth: 2000000000, repliesAtOnce: 1000000 }\n';
