import { Field, Float, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Chat')
export class ChatType {
  @Field(() => ID) id: string;
  @Field() title: string;

  @Field(() => String, { nullable: true, description: 'What every model is told before the conversation.' })
  systemPrompt: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "How much chance is in the replies; null: each model's own. A model that does not take it answers at its own.",
  })
  temperature: number | null;

  @Field(() => GraphQLISODateTime) createdAt: Date;
  @Field(() => GraphQLISODateTime) updatedAt: Date;
  @Field() pinned: boolean;

  @Field({ description: 'Whether a reply has ended in it since `markChatRead`.' }) unread: boolean;
  @Field({ description: 'It is out of the list then; a search finds it still.' }) archived: boolean;
}

@ObjectType('ImportChatPayload')
export class ImportChatPayload {
  @Field(() => ChatType) chat: ChatType;
  @Field({ description: 'False: it was here already, and stays as it is.' }) created: boolean;
}
