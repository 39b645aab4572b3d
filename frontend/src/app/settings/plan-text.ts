import { counted } from '../account/quota-text';
import { day } from '../browser/day';
import type { PlanOffer, Subscription } from './settings-api';

const NAMED = 4;

/** What is to be said about a subscription beside the plan's name, if anything. */
export function subscriptionSentence(subscription: Subscription, planId: string): string | null {
  const { plan, status, periodEnd } = subscription;
  const end = periodEnd && day(periodEnd);
  if (status === 'PAST_DUE' && plan.id === planId)
    return `A payment is late. ${plan.name} stays for three more days${end ? ` after ${end}` : ''}.`;
  if (plan.id !== planId) return `${plan.name} ended${end ? ` on ${end}` : ''}.`;
  return end ? `Until ${end}.` : null;
}

/** The three limits of a plan, in words. */
export function limitLines({ messagesPerDay, tokensPerMonth, repliesAtOnce }: PlanOffer): string[] {
  return [
    messagesPerDay === null ? 'No limit on messages' : `${counted(messagesPerDay)} messages a day`,
    tokensPerMonth === null ? 'No limit on tokens' : `${roughly(tokensPerMonth)} tokens a month`,
    repliesAtOnce === null ? 'No limit on replies at once' : `${counted(repliesAtOnce)} replies at once`,
  ];
}

/** Its models, told by what they are more than the next cheaper plan's. */
export function modelsLine(plan: PlanOffer, cheaper: PlanOffer | undefined): string {
  const known = new Set(cheaper?.models.map(({ id }) => id));
  const added = plan.models.filter(({ id }) => !known.has(id)).map(({ name }) => name);
  if (!cheaper) return plan.models.length === 1 ? 'One model' : `${plan.models.length} models`;
  if (added.length === 0) return 'The same models';
  const more = added.length - NAMED;
  return `And ${added.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** 2,000,000 as "2 million"; what is smaller is written out. */
export function roughly(count: number): string {
  if (count < 1_000_000) return counted(count);
  return `${(count / 1_000_000).toLocaleString([], { maximumFractionDigits: 1 })} million`;
}
