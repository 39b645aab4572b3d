import { Agent, request as httpRequest } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** Sends a request; the response comes as soon as its head is there. */
export function send(url, { method = 'POST', headers = {}, body } = {}, onRequest = () => undefined) {
  return new Promise((resolve, reject) => {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const request = httpRequest(url, {
      method,
      agent,
      headers: {
        ...(json && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }),
        ...headers,
      },
    });
    request.setNoDelay(true);
    onRequest(request);
    request.once('error', (error) => {
      // The server closed an idle connection in the moment that it was used again: it never saw the request.
      if (request.reusedSocket && error.code === 'ECONNRESET')
        resolve(send(url, { method, headers, body }, onRequest));
      else reject(error);
    });
    request.once('response', resolve);
    request.end(json);
  });
}

/** Sends JSON and returns the answer's. */
export async function sendJson(url, options) {
  const response = await send(url, options);
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  if (response.statusCode >= 400) throw new Error(`${response.statusCode}: ${text.slice(0, 500)}`);
  return { answer: text && JSON.parse(text), headers: response.headers };
}

/**
 * Reads server-sent events: `onEvent(data, event, id)` for each. `onClose` is called once when the stream has ended,
 * with an error where it was cut by the other side.
 */
export function readEvents(response, onEvent, onClose) {
  let buffer = '';
  response.setEncoding('utf8');
  response.on('data', (part) => {
    buffer += part;
    let from = 0;
    for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n', from)) {
      const frame = buffer.slice(from, end);
      from = end + 2;
      const { data, event, id } = fieldsOf(frame);
      if (data !== undefined || event !== undefined) onEvent(data, event, id);
    }
    buffer = buffer.slice(from);
  });
  let closed = false;
  const close = (error) => {
    if (!closed) onClose(error);
    closed = true;
  };
  response.once('end', () => close());
  response.once('error', close);
  response.once('close', () => close());
}

function fieldsOf(frame) {
  let data;
  let event;
  let id;
  for (const line of frame.split('\n')) {
    if (line.startsWith('data:')) data = (data === undefined ? '' : `${data}\n`) + line.slice(5).trimStart();
    else if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('id:')) id = line.slice(3).trim();
  }
  return { data, event, id };
}
