import { Field, GraphQLISODateTime, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('Quota')
export class QuotaType {
  @Field(() => Int)
  used: number;

  @Field(() => Int, { nullable: true, description: 'Null: no limit.' })
  limit: number | null;

  @Field(() => Int, { nullable: true, description: 'Null: no limit.' })
  remaining: number | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Null where it does not come back by time.',
  })
  resetsAt: Date | null;
}

@ObjectType('Usage')
export class UsageType {
  @Field(() => QuotaType, { description: 'Prompts and regenerated replies since midnight in UTC.' })
  messagesToday: QuotaType;

  @Field(() => QuotaType, {
    description:
      'Of prompts and replies since the first of the month in UTC, with what is reserved for replies being written.',
  })
  tokensThisMonth: QuotaType;

  @Field(() => QuotaType, { description: 'Replies that are being written now.' })
  repliesAtOnce: QuotaType;
}
