import { Field, Float, ID, InputType } from '@nestjs/graphql';
import { MAX_ATTACHMENTS } from '../../chat/attachment.js';
import type { CachePolicy } from '../../chat/chat-session.js';
import { MAX_SYSTEM_PROMPT_LENGTH } from '../../chat/checked-settings.js';
import { CachePolicyEnum } from '../types/enums.js';

@InputType()
export class StartChatSessionInput {
  @Field()
  prompt: string;

  @Field(() => ID)
  modelId: string;

  @Field(() => ID, { nullable: true, description: 'Left out: a new chat.' })
  chatId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The message to answer after; left out: the active branch's last one. Naming an earlier one starts a branch " +
      '(an edit); null starts another beginning of the chat.',
  })
  parentMessageId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      `Up to ${MAX_ATTACHMENTS} files of \`uploadAttachment\`, in order and each of them once, also such that an earlier message ` +
      'has. Images only for a model that takes them (`Model.acceptsImages`).',
  })
  attachmentIds?: string[] | null;

  @Field(() => CachePolicyEnum, { defaultValue: CachePolicyEnum.USE })
  cache: CachePolicy;

  @Field(() => String, {
    nullable: true,
    description:
      'The same key from the same user within 24 hours returns the same session, and queues nothing.',
  })
  idempotencyKey?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Of a new chat: what every model is told before the conversation, up to ${MAX_SYSTEM_PROMPT_LENGTH} characters.`,
  })
  systemPrompt?: string | null;

  @Field(() => Float, { nullable: true, description: 'Of a new chat: from 0 to `Model.maxTemperature`.' })
  temperature?: number | null;
}

@InputType()
export class RegenerateMessageInput {
  @Field(() => ID, { description: 'A reply, or the user message that is to be answered again.' })
  messageId: string;

  @Field(() => ID, { nullable: true, description: 'Left out: the model that answered before.' })
  modelId?: string | null;
}

@InputType()
export class CompareMessageInput {
  @Field(() => ID, { description: 'A reply, or the user message that it answers.' })
  messageId: string;

  @Field(() => ID)
  modelId: string;

  @Field(() => CachePolicyEnum, { defaultValue: CachePolicyEnum.USE })
  cache: CachePolicy;

  @Field(() => String, { nullable: true, description: 'As of `StartChatSessionInput`.' })
  idempotencyKey?: string | null;
}

@InputType()
export class ContinueMessageInput {
  @Field(() => ID, { description: 'A reply that ended early.' })
  messageId: string;

  @Field(() => ID, { nullable: true, description: 'Left out: the model that wrote it.' })
  modelId?: string | null;
}
