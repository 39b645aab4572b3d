import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('User')
export class UserType {
  @Field(() => ID) id: string;
  @Field(() => String, { nullable: true }) email: string | null;
  @Field() displayName: string;
  @Field() isGuest: boolean;
  @Field({ description: 'Whether they administer this installation.' }) isAdmin: boolean;
  @Field({ description: 'Whether they can sign in with a password.' }) hasPassword: boolean;
  @Field(() => GraphQLISODateTime) createdAt: Date;
}
