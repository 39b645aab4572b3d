import { Field, Int, InterfaceType, ObjectType } from '@nestjs/graphql';
import type { ErrorCode } from '../../errors/error-code.js';
import type { MessageEvent } from '../../streaming/message-event.js';
import { ErrorCodeEnum } from './enums.js';

/** The public name of each kind of event. */
const TYPE_NAMES: Record<MessageEvent['type'], string> = {
  token: 'TokenEvent',
  reasoning: 'ReasoningEvent',
  restart: 'RestartEvent',
  done: 'DoneEvent',
  error: 'ErrorEvent',
};

@InterfaceType('MessageEvent', { resolveType: (event: MessageEvent) => TYPE_NAMES[event.type] })
export abstract class MessageEventType {
  @Field(() => Int) sequence: number;
}

@ObjectType('TokenEvent', {
  implements: MessageEventType,
  description: "One or more tokens of the reply's text.",
})
export class TokenEventType extends MessageEventType {
  @Field() content: string;
}

@ObjectType('ReasoningEvent', {
  implements: MessageEventType,
  description: "One or more tokens of the model's visible reasoning; no part of the message's content.",
})
export class ReasoningEventType extends MessageEventType {
  @Field() content: string;
}

@ObjectType('RestartEvent', {
  implements: MessageEventType,
  description: 'The reply starts over (its provider or its worker failed on the way): drop what came before.',
})
export class RestartEventType extends MessageEventType {
  @Field(() => Int) attempt: number;
  @Field(() => ErrorCodeEnum) reason: ErrorCode;
}

@ObjectType('DoneEvent', {
  implements: MessageEventType,
  description: 'The reply is saved: `message.status` is COMPLETE or STOPPED.',
})
export class DoneEventType extends MessageEventType {
  /** Resolved to the message itself. */
  messageId: string;
  status: 'COMPLETE' | 'STOPPED';
}

@ObjectType('ErrorEvent', {
  implements: MessageEventType,
  description: 'The reply failed; what had arrived is saved with status FAILED.',
})
export class ErrorEventType extends MessageEventType {
  @Field(() => ErrorCodeEnum) code: ErrorCode;
  @Field() message: string;
  @Field() retryable: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds after which trying again makes sense, where the provider said so.',
  })
  retryAfterMs?: number | null;
}
