/**
 * The model vendor of the benchmark: OpenAI's Chat Completions, streamed at a steady pace, in a process of its own.
 * It remembers when each request came and when each token left; `GET /records/<run>` tells.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { now } from './clock.mjs';
import { loadOf, tokenText } from './token-text.mjs';

/** By run, then by stream: when it was asked, and when each token left. */
const records = new Map();

const server = createServer(async (request, response) => {
  const [, run] = /^\/records\/(.+)$/.exec(request.url) ?? [];
  if (run) {
    response.end(JSON.stringify(records.get(run) ?? {}));
    records.delete(run);
    return;
  }
  const askedAt = now();
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  await speak(response, JSON.parse(body), askedAt);
});

async function speak(response, { model, messages, stream_options: options }, askedAt) {
  const load = loadOf(textOf(messages.at(-1).content));
  const { run, stream, tokens, rate, length } = load;
  const emittedAt = [];
  const ofRun = records.get(run) ?? {};
  records.set(run, ofRun);
  const calls = (ofRun[stream]?.calls ?? 0) + 1;
  ofRun[stream] = { askedAt, emittedAt, calls };

  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  response.socket.setNoDelay(true);
  const frame = frames(model);
  const begin = frame.delta({ role: 'assistant', content: '' });
  for await (const due of dueTokens(tokens, rate, response)) {
    let text = emittedAt.length === 0 ? begin : '';
    for (let index = emittedAt.length; index < due; index++) {
      text += frame.delta({ content: tokenText(stream, index, length) });
      emittedAt.push(now());
    }
    // A reader that is slower than the pace is waited for, as vendors do.
    if (!response.write(text) && !response.destroyed) await drained(response);
  }
  response.end(frame.end(options?.include_usage ? tokens : undefined));
}

/** Yields how many tokens must have left by now, each time that it changes, until all have. */
async function* dueTokens(tokens, rate, response) {
  const began = now();
  let due = 0;
  let ring = () => undefined;
  const tick = () => {
    const next = Math.min(tokens, 1 + Math.floor(((now() - began) * rate) / 1000));
    if (next > due) ring();
  };
  const pace = setInterval(tick, Math.max(1, 1000 / rate));
  response.once('close', () => ring());
  try {
    while (due < tokens && !response.destroyed) {
      const next = Math.min(tokens, 1 + Math.floor(((now() - began) * rate) / 1000));
      if (next > due) {
        due = next;
        yield due;
      } else {
        await new Promise((resolve) => {
          ring = resolve;
        });
      }
    }
  } finally {
    clearInterval(pace);
  }
}

async function drained(response) {
  const gone = new AbortController();
  const leave = () => gone.abort();
  response.once('close', leave);
  try {
    await once(response, 'drain', { signal: gone.signal });
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    response.off('close', leave);
  }
}

function frames(model) {
  const head = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model };
  const frame = (rest) => `data: ${JSON.stringify({ ...head, ...rest })}\n\n`;
  const choice = (delta, reason) => ({
    choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
  });
  return {
    delta: (delta) => frame(choice(delta, null)),
    end: (tokens) => {
      const usage = { prompt_tokens: 10, completion_tokens: tokens, total_tokens: 10 + tokens };
      const counted = tokens === undefined ? '' : frame({ choices: [], usage });
      return `${frame(choice({}, 'stop'))}${counted}data: [DONE]\n\n`;
    },
  };
}

/** Clients send a message's content as text or as parts. */
function textOf(content) {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
