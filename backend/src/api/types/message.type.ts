import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import type { MessageRole, MessageStatus } from '../../chat/message.js';
import type { ErrorCode } from '../../errors/error-code.js';
import { ErrorCodeEnum, MessageRoleEnum, MessageStatusEnum } from './enums.js';

@ObjectType('TokenUsage')
export class TokenUsageType {
  @Field(() => Int) inputTokens: number;
  @Field(() => Int) outputTokens: number;
}

@ObjectType('Message')
export class MessageType {
  @Field(() => ID)
  id: string;

  @Field(() => ID, { nullable: true })
  parentId: string | null;

  @Field(() => MessageRoleEnum)
  role: MessageRole;

  @Field()
  content: string;

  @Field(() => String, {
    nullable: true,
    description: "The model's visible reasoning; no part of the content.",
  })
  reasoning: string | null;

  @Field(() => MessageStatusEnum)
  status: MessageStatus;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;

  @Field({
    description:
      'Whether the reply was streamed from the response cache, or from the same reply while it was made for another session.',
  })
  fromCache: boolean;

  @Field(() => Int, {
    nullable: true,
    description: "Milliseconds from the worker's start on the reply to its first token.",
  })
  timeToFirstTokenMs: number | null;

  @Field(() => ErrorCodeEnum, { nullable: true })
  errorCode: ErrorCode | null;
}
