import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import type { SubscriptionStatus } from '../../plans/plan-subscription.js';
import { PlanSubscriptionStatusEnum } from './enums.js';

@ObjectType('Plan')
export class PlanType {
  @Field(() => ID)
  id: string;

  @Field()
  name: string;

  @Field(() => Int, { nullable: true, description: 'Null: no limit.' })
  messagesPerDay: number | null;

  @Field(() => Int, { nullable: true, description: 'Of prompts and replies together. Null: no limit.' })
  tokensPerMonth: number | null;

  @Field(() => Int, { nullable: true, description: 'Null: no limit.' })
  repliesAtOnce: number | null;
}

@ObjectType('PlanSubscription')
export class PlanSubscriptionType {
  @Field(() => PlanType, { description: 'What was subscribed; `User.plan` is what holds now.' })
  plan: PlanType;

  @Field(() => PlanSubscriptionStatusEnum)
  status: SubscriptionStatus;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: for good.' })
  periodEnd: Date | null;
}
