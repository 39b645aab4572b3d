import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from './request-context.js';
import { answerType } from './request-rules.js';

/**
 * An answer as plain JSON may come from anybody on the way, so its status tells of HTTP alone: a document that was read
 * and refused is answered with 200. As application/graphql-response+json, it is 400
 * (https://graphql.github.io/graphql-over-http/draft/#sec-application-json).
 */
export const JSON_STATUS: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ source, contextValue: { req }, response: { http } }) {
        const wasRead = source !== undefined;
        if (wasRead && http.status === 400 && answerType(req) === 'application/json') http.status = 200;
        return Promise.resolve();
      },
    }),
};
