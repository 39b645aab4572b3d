import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import type { SessionStatus } from '../../chat/chat-session.js';
import { SessionStatusEnum } from './enums.js';

@ObjectType('ChatSession')
export class ChatSessionType {
  @Field(() => ID) id: string;
  @Field(() => SessionStatusEnum) status: SessionStatus;
  @Field(() => GraphQLISODateTime) createdAt: Date;
  @Field(() => GraphQLISODateTime) expiresAt: Date;
}

@ObjectType('StartChatSessionPayload')
export class StartChatSessionPayload {
  @Field(() => ChatSessionType) session: ChatSessionType;
}
