import { registerEnumType } from '@nestjs/graphql';
import type { ApiTokenScope } from '../../accounts/viewer.js';
import { CACHE_POLICIES, SESSION_STATUSES } from '../../chat/chat-session.js';
import { CHAT_FILTERS } from '../../chat/chat.js';
import { MESSAGE_STATUSES } from '../../chat/message.js';
import { ERROR_CODES, type ErrorCode } from '../../errors/error-code.js';
import { SUBSCRIPTION_STATUSES } from '../../plans/plan-subscription.js';

/** GraphQL wants an enum object; the rest of the backend uses unions of the same words. */
function enumOf<T extends string>(names: readonly T[]): { readonly [K in T]: K } {
  return Object.fromEntries(names.map((name) => [name, name])) as { [K in T]: K };
}

export const ErrorCodeEnum = enumOf(Object.keys(ERROR_CODES) as ErrorCode[]);
export const SessionStatusEnum = enumOf(SESSION_STATUSES);
export const MessageStatusEnum = enumOf(MESSAGE_STATUSES);
export const MessageRoleEnum = enumOf(['USER', 'ASSISTANT']);
export const ChatFilterEnum = enumOf(CHAT_FILTERS);
export const CachePolicyEnum = enumOf(CACHE_POLICIES);
export const PlanSubscriptionStatusEnum = enumOf(SUBSCRIPTION_STATUSES);

registerEnumType(ErrorCodeEnum, {
  name: 'ErrorCode',
  description:
    'Stands in `extensions.code` of every GraphQL error that the service raises, and in ErrorEvent.',
  valuesMap: { NOT_FOUND: { description: 'Also for what belongs to somebody else.' } },
});
export const ApiTokenScopeEnum = {
  CHAT_READ: 'chat:read',
  CHAT_WRITE: 'chat:write',
} as const satisfies Record<string, ApiTokenScope>;

registerEnumType(ApiTokenScopeEnum, {
  name: 'ApiTokenScope',
  valuesMap: {
    CHAT_READ: { description: '`chat:read`: chats, messages, sessions and their streams, models and plans.' },
    CHAT_WRITE: {
      description: '`chat:write`: start, stop and regenerate replies, change and delete chats, pin.',
    },
  },
});
registerEnumType(ChatFilterEnum, {
  name: 'ChatFilter',
  valuesMap: { PINNED: { description: 'Pinned and not archived.' } },
});
registerEnumType(SessionStatusEnum, { name: 'SessionStatus' });
registerEnumType(MessageStatusEnum, { name: 'MessageStatus' });
registerEnumType(MessageRoleEnum, { name: 'MessageRole' });
registerEnumType(PlanSubscriptionStatusEnum, {
  name: 'PlanSubscriptionStatus',
  valuesMap: {
    PAST_DUE: { description: 'A payment is late; the plan goes on for some days.' },
    ENDED: { description: 'The plan holds no more.' },
  },
});
registerEnumType(CachePolicyEnum, {
  name: 'CachePolicy',
  valuesMap: {
    USE: {
      description: 'Answer from the cache when it has this exact conversation, and save the reply in it.',
    },
    REFRESH: { description: 'Ask the model, and save its reply in the cache.' },
    BYPASS: { description: 'Neither read nor write it.' },
  },
});
