import type { GraphiQLProps } from 'graphiql';
import continueAsGuest from '../documents/1-continue-as-guest.graphql';
import models from '../documents/2-models.graphql';
import startSession from '../documents/3-start-session.graphql';
import streamReply from '../documents/4-stream-reply.graphql';
import history from '../documents/5-history.graphql';
import stopSession from '../documents/6-stop-session.graphql';

const ASK = `{
  // Empty: the first model that is available to you.
  "modelId": "",
  "prompt": "Write a long text about rivers.",
  "cache": "USE"
}`;

const STREAM = `{
  // Empty: the session that was started last.
  "sessionId": "",
  "after": 0
}`;

const PAGE = `{
  // Empty: the chat of the session that was started last.
  "chatId": "",
  "last": 20
}`;

const STOP = `{
  // Empty: the session that was started last.
  "sessionId": ""
}`;

/** The tabs of a first visit, in the order of one reply's life. */
export const DOCUMENTS: NonNullable<GraphiQLProps['defaultTabs']> = [
  { query: continueAsGuest },
  { query: models },
  { query: startSession, variables: ASK },
  { query: streamReply, variables: STREAM },
  { query: history, variables: PAGE },
  { query: stopSession, variables: STOP },
];
