import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Account', { description: 'A user, as administrators see them.' })
export class AccountType {
  @Field(() => ID) id: string;
  @Field(() => String, { nullable: true }) email: string | null;
  @Field() displayName: string;
  @Field() isGuest: boolean;
  @Field() isAdmin: boolean;
  @Field(() => GraphQLISODateTime) createdAt: Date;
}
