import type { GraphQLError } from 'graphql';
import { createClient, type ClientOptions } from 'graphql-sse';

interface GraphQLAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

export interface Session {
  readonly id: string;
  readonly status: string;
  readonly chat: { readonly id: string };
  readonly userMessage: { readonly id: string };
  readonly assistantMessage: { readonly id: string };
}

export interface HistoryMessage {
  readonly id: string;
  readonly role: string;
  readonly content: string;
  readonly status: string;
  readonly fromCache: boolean;
  readonly errorCode: string | null;
  readonly siblingIds: readonly string[];
}

export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly url: string;
}

/** An event as the subscription below selects it. */
export interface StreamedEvent {
  readonly __typename: string;
  readonly sequence: number;
  readonly content?: string;
  readonly attempt?: number;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly message?: HistoryMessage;
}

const UPLOAD = `mutation ($input: UploadAttachmentInput!) {
  uploadAttachment(input: $input) { id name mediaType size url }
}`;
const MESSAGE = 'id role content status fromCache errorCode siblingIds';
const SESSION = 'session { id status chat { id } userMessage { id } assistantMessage { id } }';
const TOKENS = `subscription ($sessionId: ID!, $after: Int!) { messageTokens(sessionId: $sessionId, after: $after) {
  __typename sequence
  ... on TokenEvent { content } ... on ReasoningEvent { content } ... on RestartEvent { attempt }
  ... on ErrorEvent { code retryable } ... on DoneEvent { message { ${MESSAGE} } }
} }`;

/** An event as the subscription below selects it. */
export interface ChatListEvent {
  readonly __typename: string;
  readonly cursor: string;
  readonly chat?: {
    readonly id: string;
    readonly title: string;
    readonly activeSession: { readonly id: string } | null;
    readonly unread: boolean;
  };
  readonly chatId?: string;
}

const CHANGES = `subscription ($after: String) { chatChanges(after: $after) {
  __typename cursor ... on ChatChangedEvent { chat { id title unread activeSession { id } } } ... on ChatDeletedEvent { chatId }
} }`;

function codeOf({ extensions, message }: GraphQLError): string {
  return typeof extensions.code === 'string' ? extensions.code : message;
}

/** A program of somebody else: fetch, a cookie jar of one cookie, and the graphql-sse client. */
export class ApiClient {
  #cookie: string;
  #token?: string;

  constructor(
    readonly url: string,
    cookie = '',
  ) {
    this.#cookie = cookie;
  }

  /** A program with an API token. */
  static withToken(url: string, token: string): ApiClient {
    const client = new ApiClient(url);
    client.#token = token;
    return client;
  }

  /** A new account on the server at `url`. */
  static async signedUp(url: string, email: string, password = 'correct horse'): Promise<ApiClient> {
    const client = new ApiClient(url);
    await client.signUp(email, password);
    return client;
  }

  /** A new guest on the server at `url`. */
  static async guest(url: string): Promise<ApiClient> {
    const client = new ApiClient(url);
    await client.data('mutation { continueAsGuest { id } }');
    return client;
  }

  /** The same user on another API process. */
  on(url: string): ApiClient {
    const client = new ApiClient(url, this.#cookie);
    client.#token = this.#token;
    return client;
  }

  get cookie(): string {
    return this.#cookie;
  }

  /** What shows who is there, in every request. */
  get headers(): Record<string, string> {
    return this.#token === undefined ? { cookie: this.#cookie } : { authorization: `Bearer ${this.#token}` };
  }

  async signUp(email: string, password: string): Promise<void> {
    await this.data('mutation ($input: SignUpInput!) { signUp(input: $input) { id } }', {
      input: { email, password },
    });
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.data('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', {
      input: { email, password },
    });
  }

  /** Makes an API token of this user's. */
  async createToken(input: Record<string, unknown> = {}): Promise<{ id: string; secret: string }> {
    const { createApiToken } = await this.data<{
      createApiToken: { apiToken: { id: string }; secret: string };
    }>(
      'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { apiToken { id } secret } }',
      {
        input: { name: 'A program', ...input },
      },
    );
    return { id: createApiToken.apiToken.id, secret: createApiToken.secret };
  }

  async request(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers },
      body: JSON.stringify({ query, variables }),
    });
    const [setCookie] = response.headers.getSetCookie();
    if (setCookie) this.#cookie = setCookie.split(';', 1)[0] ?? '';
    return (await response.json()) as GraphQLAnswer;
  }

  /** The answer's data; throws where there are errors. */
  async data<T = Record<string, unknown>>(query: string, variables?: Record<string, unknown>): Promise<T> {
    const { data, errors } = await this.request(query, variables);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data as T;
  }

  /** The code of the first error; throws where there is none. */
  async errorCode(query: string, variables?: Record<string, unknown>): Promise<unknown> {
    const { data, errors } = await this.request(query, variables);
    if (!errors?.[0]) throw new Error(`no error, but ${JSON.stringify(data)}`);
    return errors[0].extensions['code'];
  }

  /** Has a file kept that messages can bring along. */
  async upload(name: string, mediaType: string, bytes: Buffer | string): Promise<UploadedFile> {
    const data = Buffer.from(bytes as string).toString('base64');
    const { uploadAttachment } = await this.data<{ uploadAttachment: UploadedFile }>(UPLOAD, {
      input: { name, mediaType, data },
    });
    return uploadAttachment;
  }

  async start(prompt: string, modelId: string, input: Record<string, unknown> = {}): Promise<Session> {
    const { startChatSession } = await this.data<{ startChatSession: { session: Session } }>(
      `mutation ($input: StartChatSessionInput!) { startChatSession(input: $input) { ${SESSION} } }`,
      { input: { prompt, modelId, ...input } },
    );
    return startChatSession.session;
  }

  async regenerate(messageId: string, modelId?: string): Promise<Session> {
    const { regenerateMessage } = await this.data<{ regenerateMessage: { session: Session } }>(
      `mutation ($input: RegenerateMessageInput!) { regenerateMessage(input: $input) { ${SESSION} } }`,
      { input: { messageId, modelId } },
    );
    return regenerateMessage.session;
  }

  /** Another model's reply beside the one given. */
  async compare(messageId: string, modelId: string, input: Record<string, unknown> = {}): Promise<Session> {
    const { compareMessage } = await this.data<{ compareMessage: { session: Session } }>(
      `mutation ($input: CompareMessageInput!) { compareMessage(input: $input) { ${SESSION} } }`,
      { input: { messageId, modelId, ...input } },
    );
    return compareMessage.session;
  }

  async continue(messageId: string, modelId?: string): Promise<Session> {
    const { continueMessage } = await this.data<{ continueMessage: { session: Session } }>(
      `mutation ($input: ContinueMessageInput!) { continueMessage(input: $input) { ${SESSION} } }`,
      { input: { messageId, modelId } },
    );
    return continueMessage.session;
  }

  async stop(sessionId: string): Promise<string> {
    const { stopChatSession } = await this.data<{ stopChatSession: { status: string } }>(
      'mutation ($id: ID!) { stopChatSession(id: $id) { status } }',
      { id: sessionId },
    );
    return stopChatSession.status;
  }

  async history(chatId: string): Promise<HistoryMessage[]> {
    const { chatHistory } = await this.data<{ chatHistory: { edges: { node: HistoryMessage }[] } }>(
      `query ($chatId: ID!) { chatHistory(chatId: $chatId) { edges { node { ${MESSAGE} } } } }`,
      { chatId },
    );
    return chatHistory.edges.map(({ node }) => node);
  }

  /**
   * The reply's events from `after` on. Leaving the loop closes the stream; a GraphQL error is thrown. With
   * `retryAttempts` the client comes back by itself after a cut, and asks for what comes after its last event.
   */
  async *events(
    sessionId: string,
    after = 0,
    options: Partial<ClientOptions<boolean>> = {},
  ): AsyncGenerator<StreamedEvent> {
    const client = createClient({
      url: `${this.url}/graphql/stream`,
      headers: this.headers,
      retryAttempts: 0,
      ...options,
    });
    // The client sends them anew whenever it comes back.
    const variables = { sessionId, after };
    const results = client.iterate<{ messageTokens: StreamedEvent }>({ query: TOKENS, variables });
    try {
      for await (const { data, errors } of results) {
        if (errors?.[0]) throw new Error(codeOf(errors[0]));
        if (!data) continue;
        variables.after = data.messageTokens.sequence;
        yield data.messageTokens;
      }
    } finally {
      client.dispose();
    }
  }

  /** What changes in the user's chats after the cursor, without end. Leaving the loop closes the stream. */
  async *chatChanges(after?: string): AsyncGenerator<ChatListEvent> {
    const client = createClient({
      url: `${this.url}/graphql/stream`,
      headers: this.headers,
      retryAttempts: 0,
    });
    const results = client.iterate<{ chatChanges: ChatListEvent }>({
      query: CHANGES,
      variables: { after: after ?? null },
    });
    try {
      for await (const { data, errors } of results) {
        if (errors?.[0]) throw new Error(codeOf(errors[0]));
        if (data) yield data.chatChanges;
      }
    } finally {
      client.dispose();
    }
  }

  /** All events of a reply to its end. */
  async allEvents(sessionId: string, after = 0): Promise<StreamedEvent[]> {
    return Array.fromAsync(this.events(sessionId, after));
  }
}

/** What a reader of these events shows in the end: restarts drop what came before. */
export function textOf(events: readonly StreamedEvent[]): string {
  let text = '';
  for (const event of events) {
    if (event.__typename === 'RestartEvent') text = '';
    if (event.__typename === 'TokenEvent') text += event.content ?? '';
  }
  return text;
}

/** Reads on until the reader shows `text`. */
export async function untilText(
  events: AsyncIterator<StreamedEvent>,
  text: string,
): Promise<StreamedEvent[]> {
  const seen: StreamedEvent[] = [];
  while (textOf(seen) !== text) {
    const next = await events.next();
    if (next.done) throw new Error(`ended with ${JSON.stringify(seen)}`);
    seen.push(next.value);
  }
  return seen;
}
