import { TextDecoder } from 'node:util';

/** The text pieces of a reply, with nothing between `fetch` and the caller but the splitting into lines. */
export async function* readProvider(baseUrl, prompt) {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'bench', stream: true, messages: [{ role: 'user', content: prompt }] }),
  });
  const decoder = new TextDecoder();
  let buffer = '';
  for await (const part of response.body) {
    buffer += decoder.decode(part, { stream: true });
    const lines = buffer.split('\n');
    buffer = lines.pop();
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const content = JSON.parse(line.slice(6)).choices[0]?.delta.content;
      if (content) yield content;
    }
  }
}
