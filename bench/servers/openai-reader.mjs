import { OpenAI } from 'openai';

const client = new OpenAI({ apiKey: 'none', baseURL: process.env.PROVIDER_URL });

/** The text pieces of a reply, through the vendor's SDK. */
export async function* readOpenAi(prompt) {
  const chunks = await client.chat.completions.create({
    model: 'bench',
    stream: true,
    messages: [{ role: 'user', content: prompt }],
  });
  for await (const { choices } of chunks) {
    const content = choices[0]?.delta.content;
    if (content) yield content;
  }
}
