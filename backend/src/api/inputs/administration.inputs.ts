import { Field, GraphQLISODateTime, ID, InputType } from '@nestjs/graphql';

@InputType()
export class SetAccountPlanInput {
  @Field(() => ID)
  accountId: string;

  @Field(() => ID)
  planId: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Left out: for good.' })
  periodEnd?: Date | null;
}
