import { Field, Float, GraphQLISODateTime, InputType, Int } from '@nestjs/graphql';
import type { ImportedMessage, ImportRequest } from '../../chat/imported-chat.js';
import type { MessageRole } from '../../chat/message.js';
import { MessageRoleEnum } from '../types/enums.js';

@InputType()
export class ImportedMessageInput implements ImportedMessage {
  @Field(() => Int, {
    nullable: true,
    description:
      'The place in the list, from 0, of the message that this one comes after; left out: it begins the chat.',
  })
  parent?: number | null;

  @Field(() => MessageRoleEnum) role: MessageRole;
  @Field() content: string;
  @Field(() => String, { nullable: true }) reasoning?: string | null;
  @Field(() => String, { nullable: true }) model?: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) createdAt?: Date | null;
}

@InputType()
export class ImportChatInput implements ImportRequest {
  @Field({ description: 'What names the chat where it comes from. The same one is imported once.' })
  sourceId: string;

  @Field() title: string;
  @Field(() => GraphQLISODateTime, { nullable: true }) createdAt?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) updatedAt?: Date | null;
  @Field(() => Boolean, { nullable: true }) pinned?: boolean | null;
  @Field(() => Boolean, { nullable: true }) archived?: boolean | null;
  @Field(() => String, { nullable: true }) systemPrompt?: string | null;
  @Field(() => Float, { nullable: true }) temperature?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The place of the last message of the branch to show; left out: the last of all.',
  })
  activeMessage?: number | null;

  @Field(() => [ImportedMessageInput], { description: 'Each after the one that it comes after.' })
  messages: ImportedMessageInput[];
}
