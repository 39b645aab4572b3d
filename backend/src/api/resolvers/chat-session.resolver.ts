import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import type { ChatSession } from '../../chat/chat-session.js';
import { ChatSessionService } from '../../chat/chat-session.service.js';
import { ChatService } from '../../chat/chat.service.js';
import type { Chat } from '../../chat/chat.js';
import type { Message } from '../../chat/message.js';
import { RegenerateMessageInput, StartChatSessionInput } from '../inputs/session.inputs.js';
import { CurrentViewer } from '../request-context.js';
import { ChatSessionType, StartChatSessionPayload } from '../types/chat-session.type.js';
import { ChatType } from '../types/chat.type.js';
import { MessageType } from '../types/message.type.js';

@Resolver(() => ChatSessionType)
export class ChatSessionResolver {
  constructor(
    private readonly sessions: ChatSessionService,
    private readonly chats: ChatService,
  ) {}

  @Query(() => ChatSessionType)
  chatSession(
    @Args('id', { type: () => ID }) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ChatSession> {
    return this.sessions.get(viewer, id);
  }

  @Mutation(() => StartChatSessionPayload, {
    description:
      "Saves the user's message, creates the session (it expires 10 minutes after its last event) and queues the reply.",
  })
  async startChatSession(
    @Args('input') { chatId, idempotencyKey, ...input }: StartChatSessionInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<StartChatSessionPayload> {
    const request = { ...input, chatId: chatId ?? undefined, idempotencyKey: idempotencyKey ?? undefined };
    return { session: await this.sessions.start(viewer, request) };
  }

  @Mutation(() => StartChatSessionPayload, {
    description:
      'Another reply to the same user message, beside the earlier ones. Never answered from the response cache.',
  })
  async regenerateMessage(
    @Args('input') { messageId, modelId }: RegenerateMessageInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<StartChatSessionPayload> {
    return { session: await this.sessions.regenerate(viewer, messageId, modelId ?? undefined) };
  }

  @Mutation(() => ChatSessionType, {
    description:
      'Ends the reply: what has arrived is kept, with status STOPPED. Stopping an ended session changes nothing.',
  })
  stopChatSession(
    @Args('id', { type: () => ID }) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ChatSession> {
    return this.sessions.stop(viewer, id);
  }

  @ResolveField(() => ChatType)
  chat(@Parent() session: ChatSession, @CurrentViewer() viewer: Viewer): Promise<Chat> {
    return this.chats.get(viewer, session.chatId);
  }

  @ResolveField(() => MessageType)
  userMessage(@Parent() session: ChatSession, @CurrentViewer() viewer: Viewer): Promise<Message> {
    return this.chats.message(viewer, session.userMessageId);
  }

  @ResolveField(() => MessageType)
  assistantMessage(@Parent() session: ChatSession, @CurrentViewer() viewer: Viewer): Promise<Message> {
    return this.chats.message(viewer, session.assistantMessageId);
  }
}
