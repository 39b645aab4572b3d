import { Args, ID, Int, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import { ChatSessionService } from '../../chat/chat-session.service.js';
import type { Message } from '../../chat/message.js';
import type { MessageEvent } from '../../streaming/message-event.js';
import { ByApiToken } from '../access.guard.js';
import type { Loaders } from '../loaders.js';
import { CurrentLoaders, CurrentViewer } from '../request-context.js';
import { DoneEventType, MessageEventType } from '../types/message-event.types.js';
import { MessageType } from '../types/message.type.js';

@Resolver(() => DoneEventType)
export class MessageTokensResolver {
  constructor(private readonly sessions: ChatSessionService) {}

  @ByApiToken('chat:read')
  @Subscription(() => MessageEventType, {
    resolve: (event: MessageEvent) => event,
    description: `The events of one reply, from the first one after sequence number \`after\`, in order, each once,
whichever API process serves it and however often the subscriber comes back. \`sequence\` strictly
increases; the TokenEvent contents since the start, or since the last RestartEvent, concatenate
to the message's content. Ends after DoneEvent or ErrorEvent.`,
  })
  async messageTokens(
    @Args('sessionId', { type: () => ID }) sessionId: string,
    @Args('after', { type: () => Int, defaultValue: 0 }) after: number,
    @CurrentViewer() viewer: Viewer,
  ): Promise<AsyncIterableIterator<MessageEvent>> {
    const session = await this.sessions.watchable(viewer, sessionId, after);
    return this.sessions.events(viewer, session, after);
  }

  @ResolveField(() => MessageType)
  message(@Parent() { messageId }: DoneEventType, @CurrentLoaders() loaders: Loaders): Promise<Message> {
    return loaders.message.load(messageId);
  }
}
