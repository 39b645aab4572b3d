import { HttpStatus } from '@nestjs/common';
import { OperationTypeNode, type ExecutionResult } from 'graphql';
import type { RequestParams, Response as SseResponse } from 'graphql-sse';
import { RefusedRequest } from '../refused-request.js';
import { STREAM } from './answers.js';
import { DISTINCT, PING, resultFrame } from './frames.js';
import type { Context, Operations } from './operations.js';
import type { Outlet } from './outlet.js';
import { StreamBody } from './stream-body.js';

/** An operation on a connection of its own. Faults of the request are told in the stream, as the protocol wants it. */
export async function onItsOwn(
  operations: Operations,
  params: RequestParams,
  outlet: Outlet,
  context: () => Promise<Context>,
): Promise<SseResponse> {
  const preparation = await operations.prepare(params, context);
  if (preparation.type === 'refused') return wholeStream(preparation.result);
  if (preparation.kind === OperationTypeNode.MUTATION && outlet.response.req.method === 'GET') {
    throw new RefusedRequest('Send a POST: nothing is changed by a GET.', HttpStatus.METHOD_NOT_ALLOWED);
  }
  const outcome = await preparation.begin(DISTINCT);
  if (outcome.type !== 'subscription') return wholeStream(outcome.result);
  return [new StreamBody(outcome.frames, outlet), STREAM];
}

function wholeStream(result: ExecutionResult): SseResponse {
  return [PING + resultFrame(DISTINCT, result) + DISTINCT.complete, STREAM];
}
