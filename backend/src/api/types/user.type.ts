import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('Plan')
export class PlanType {
  @Field(() => ID) id: string;
  @Field() name: string;
  @Field(() => Int, { nullable: true }) messagesPerDay: number | null;
}

@ObjectType('User')
export class UserType {
  @Field(() => ID) id: string;
  @Field(() => String, { nullable: true }) email: string | null;
  @Field() displayName: string;
  @Field() isGuest: boolean;
}
