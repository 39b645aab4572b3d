import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

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
