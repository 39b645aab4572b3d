import { Args, ID, Info, Int, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { Kind, type GraphQLResolveInfo } from 'graphql';
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
  message(
    @Parent() { messageId, status }: DoneEventType,
    @CurrentLoaders() loaders: Loaders,
    @Info() info: GraphQLResolveInfo,
  ): Pick<Message, 'id' | 'status'> | Promise<Message> {
    // Most programs ask for no more, and the event knows that much: a long reply is not read for it.
    return asksOnly(info, KNOWN) ? { id: messageId, status } : loaders.message.load(messageId);
  }
}

const KNOWN: ReadonlySet<string> = new Set(['__typename', 'id', 'status']);

/** Whether nothing but these fields is asked of an object; of fragments it is not known. */
function asksOnly({ fieldNodes }: GraphQLResolveInfo, names: ReadonlySet<string>): boolean {
  return fieldNodes.every(({ selectionSet }) =>
    selectionSet?.selections.every((one) => one.kind === Kind.FIELD && names.has(one.name.value)),
  );
}
