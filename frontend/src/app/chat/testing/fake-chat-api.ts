import { Subject, type Observable } from 'rxjs';
import type {
  ChatApi,
  Comparison,
  ForkedChat,
  HistoryPage,
  OpenedChat,
  Prompt,
  SettingsChange,
  StartedComparison,
  StartedSession,
} from '../chat-api';
import type { MessageEvent } from '../message';

/** An answer that the test gives when the story has come so far. */
class Pending<T> {
  readonly promise: Promise<T>;
  resolve!: (value: T) => void;
  reject!: (error: unknown) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

interface Stream {
  readonly sessionId: string;
  readonly after: number;
  readonly events: Subject<MessageEvent>;
  readonly connected: () => void;
}

/** The server, played by the test: every request waits until the test answers it. */
export class FakeChatApi implements Pick<ChatApi, keyof ChatApi> {
  readonly opens: (Pending<OpenedChat> & { id: string })[] = [];
  readonly starts: (Pending<StartedSession> & { input: Prompt })[] = [];
  readonly regenerations: (Pending<StartedSession> & { messageId: string; modelId: string })[] = [];
  readonly comparisons: (Pending<StartedComparison> & { comparison: Comparison })[] = [];
  readonly continuations: (Pending<StartedSession> & { messageId: string; modelId: string })[] = [];
  readonly earliers: (Pending<HistoryPage> & { before: string })[] = [];
  readonly stops: (Pending<void> & { sessionId: string })[] = [];
  readonly settings: (Pending<void> & { chatId: string; change: SettingsChange })[] = [];
  readonly selects: (Pending<void> & { messageId: string })[] = [];
  readonly forks: (Pending<ForkedChat> & { messageId: string })[] = [];
  readonly streams: Stream[] = [];

  open(id: string): Promise<OpenedChat> {
    return asked(this.opens, { id });
  }

  start(input: Prompt): Promise<StartedSession> {
    return asked(this.starts, { input });
  }

  regenerate(messageId: string, modelId: string): Promise<StartedSession> {
    return asked(this.regenerations, { messageId, modelId });
  }

  compare(comparison: Comparison): Promise<StartedComparison> {
    return asked(this.comparisons, { comparison });
  }

  continue(messageId: string, modelId: string): Promise<StartedSession> {
    return asked(this.continuations, { messageId, modelId });
  }

  earlier(_chatId: string, before: string): Promise<HistoryPage> {
    return asked(this.earliers, { before });
  }

  stop(sessionId: string): Promise<void> {
    return asked(this.stops, { sessionId });
  }

  updateSettings(chatId: string, change: SettingsChange): Promise<void> {
    return asked(this.settings, { chatId, change });
  }

  select(messageId: string): Promise<void> {
    return asked(this.selects, { messageId });
  }

  fork(messageId: string): Promise<ForkedChat> {
    return asked(this.forks, { messageId });
  }

  messageTokens(sessionId: string, after: number, connected: () => void): Observable<MessageEvent> {
    const events = new Subject<MessageEvent>();
    this.streams.push({ sessionId, after, events, connected });
    return events;
  }
}

function asked<T, X extends object>(requests: (Pending<T> & X)[], about: X): Promise<T> {
  const request = Object.assign(new Pending<T>(), about);
  requests.push(request);
  return request.promise;
}

/** Lets everything that was answered arrive. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
