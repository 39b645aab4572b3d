import { counted } from '../browser/counted';
import { day } from '../browser/day';
import { inNumber } from '../languages/in-number';
import type { PlanOffer, Subscription } from './settings-api';

const NAMED = 4;

/** What is to be said about a subscription beside the plan's name, if anything. */
export function subscriptionSentence(subscription: Subscription, planId: string): string | null {
  const { plan, status, periodEnd } = subscription;
  const end = periodEnd && day(periodEnd);
  if (status === 'PAST_DUE' && plan.id === planId)
    return end
      ? $localize`A payment is late. ${plan.name}:plan: stays for three more days after ${end}:day:.`
      : $localize`A payment is late. ${plan.name}:plan: stays for three more days.`;
  if (plan.id !== planId)
    return end ? $localize`${plan.name}:plan: ended on ${end}:day:.` : $localize`${plan.name}:plan: ended.`;
  return end ? $localize`Until ${end}:day:.` : null;
}

/** The three limits of a plan, in words. */
export function limitLines({ messagesPerDay, tokensPerMonth, repliesAtOnce }: PlanOffer): string[] {
  return [
    messagesPerDay === null
      ? $localize`No limit on messages`
      : $localize`${counted(messagesPerDay)}:count: messages a day`,
    tokensPerMonth === null
      ? $localize`No limit on tokens`
      : $localize`${roughly(tokensPerMonth)}:count: tokens a month`,
    repliesAtOnce === null
      ? $localize`No limit on replies at once`
      : $localize`${counted(repliesAtOnce)}:count: replies at once`,
  ];
}

/** Its models, told by what they are more than the next cheaper plan's. */
export function modelsLine(plan: PlanOffer, cheaper: PlanOffer | undefined): string {
  const known = new Set(cheaper?.models.map(({ id }) => id));
  const added = plan.models.filter(({ id }) => !known.has(id)).map(({ name }) => name);
  if (!cheaper) return modelCount(plan.models.length);
  if (added.length === 0) return $localize`The same models`;
  const more = added.length - NAMED;
  const named = added.slice(0, NAMED).join(', ');
  return more > 0 ? $localize`And ${named}:models: and ${more}:count: more` : $localize`And ${named}:models:`;
}

function modelCount(count: number): string {
  return inNumber(count, { one: $localize`One model`, other: $localize`${counted(count)}:count: models` });
}

/** 2,000,000 as "2 million"; what is smaller is written out. */
export function roughly(count: number): string {
  if (count < 1_000_000) return counted(count);
  return $localize`${counted(count / 1_000_000, { maximumFractionDigits: 1 })}:count: million`;
}
