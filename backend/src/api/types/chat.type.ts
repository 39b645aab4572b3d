import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Chat')
export class ChatType {
  @Field(() => ID) id: string;
  @Field() title: string;
  @Field(() => GraphQLISODateTime) createdAt: Date;
  @Field(() => GraphQLISODateTime) updatedAt: Date;
  @Field() pinned: boolean;
  @Field({ description: 'It is out of the list then; a search finds it still.' }) archived: boolean;
}
