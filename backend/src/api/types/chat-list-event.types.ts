import { Field, ID, InterfaceType, ObjectType } from '@nestjs/graphql';
import type { ChatListEvent } from '../../chat/chat-list-reading.js';
import type { Chat } from '../../chat/chat.js';
import { ChatType } from './chat.type.js';

/** The public name of each kind of event. */
const TYPE_NAMES: Record<ChatListEvent['type'], string> = {
  changed: 'ChatChangedEvent',
  deleted: 'ChatDeletedEvent',
  reset: 'ChatListResetEvent',
};

@InterfaceType('ChatListEvent', { resolveType: (event: ChatListEvent) => TYPE_NAMES[event.type] })
export abstract class ChatListEventType {
  @Field({ description: 'Where to go on from, by `after`, once this event is known.' })
  cursor: string;
}

@ObjectType('ChatChangedEvent', {
  implements: ChatListEventType,
  description:
    'A chat is new, or something of it has changed: its title, its place, its reply, its messages.',
})
export class ChatChangedEventType extends ChatListEventType {
  @Field(() => ChatType) chat: Chat;
}

@ObjectType('ChatDeletedEvent', { implements: ChatListEventType })
export class ChatDeletedEventType extends ChatListEventType {
  @Field(() => ID) chatId: string;
}

@ObjectType('ChatListResetEvent', {
  implements: ChatListEventType,
  description: 'What you know of the chats may be old: ask for them anew.',
})
export class ChatListResetEventType extends ChatListEventType {}
