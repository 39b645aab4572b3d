import { demoEssay } from './demo-essay.js';
import type { ConversationAttachment } from './provider-adapter.js';

/** What the demo writes in answer to one prompt; Markdown. */
export interface DemoAnswer {
  /** Shown by the model that thinks aloud, before the answer. */
  readonly reasoning: string;
  readonly text: string;
}

/** A kind of request that the demo recognises by its words, and what it makes of it. */
interface Flavour {
  readonly name: string;
  readonly words: RegExp;
  readonly write: (prompt: string) => string;
}

const QUOTE_LENGTH = 280;
const SUBJECT_LENGTH = 60;
/** Words of a long answer when the prompt gives no number, and the most that it can ask for. */
const ESSAY_WORDS = 800;
const LONGEST_ESSAY_WORDS = 5000;

const FLAVOURS: readonly Flavour[] = [
  {
    name: 'a long text',
    words: /\b(long|longer|essay|story|article|detailed|\d{3,5}\s+words)\b/i,
    write: (prompt) => demoEssay(wordsAskedFor(prompt)),
  },
  {
    name: 'code',
    words: /\b(code|function|script|program|regex|sql|typescript|javascript|python)\b/i,
    write: writeCode,
  },
  { name: 'a table', words: /\b(table|compare|comparison|versus|vs|differences?)\b/i, write: writeTable },
  {
    name: 'a plan',
    words: /\b(plan|steps|schedule|roadmap|itinerary|checklist|to-?do)\b/i,
    write: writePlan,
  },
];

/**
 * Answers `prompt`, the last of `messageCount` messages, which brought these files along. The same input always gives the
 * same answer.
 */
export function demoAnswer(
  prompt: string,
  messageCount: number,
  attachments: readonly ConversationAttachment[] = [],
): DemoAnswer {
  const flavour = FLAVOURS.find(({ words }) => words.test(prompt));
  return {
    reasoning: [
      `The prompt has ${countWords(prompt)} words, and the conversation ${messageCount} messages.`,
      flavour
        ? `Its words ask for ${flavour.name}, so that is what I write.`
        : 'It asks for nothing that I know by name, so I show a bit of everything.',
      'I quote the prompt first: then it is plain to see that it arrived whole.',
    ].join(' '),
    text: [
      opening(prompt, messageCount),
      ...(attachments.length > 0 ? [writeFiles(attachments)] : []),
      flavour ? flavour.write(prompt) : writeSampler(prompt),
      CLOSING,
    ].join('\n\n'),
  };
}

/** A name for the conversation that begins with `prompt`: its first words, without what is only polite. */
export function demoTitle(prompt: string): DemoAnswer {
  const bare = prompt.replace(/^\s*(please\s+|(can|could) you\s+|write\s+(me\s+)?)+/i, '');
  const words =
    bare
      .match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)
      ?.slice(0, 5)
      .join(' ') ?? 'A conversation';
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return { reasoning: 'The first words say it.', text };
}

function opening(prompt: string, messageCount: number): string {
  const followUp =
    messageCount > 1
      ? ` This is message ${messageCount} of our conversation, and I was given all of them.`
      : '';
  return `You wrote:

${quote(prompt)}

I am the **Rivulet demo**. I run inside this server, need no key, and know nothing of the world: I answer from your prompt alone, so that you can try everything around the answer.${followUp}`;
}

function writeFiles(attachments: readonly ConversationAttachment[]): string {
  return `With it came:\n\n${attachments.map((one) => `- \`${one.name.replaceAll('`', '')}\`, ${aboutFile(one)}`).join('\n')}`;
}

function aboutFile(attachment: ConversationAttachment): string {
  switch (attachment.type) {
    case 'image': {
      const format = attachment.mediaType.slice('image/'.length).toUpperCase();
      const bytes = Buffer.byteLength(attachment.data, 'base64');
      return `a ${format} image of ${bytes} bytes: I was given it whole, but the demo cannot see`;
    }
    case 'text': {
      const lines = attachment.text.trimEnd().split('\n').length;
      return `a text of ${lines} ${lines === 1 ? 'line' : 'lines'} that begins with “${firstWords(attachment.text, 8)}”`;
    }
    default:
      return attachment satisfies never;
  }
}

const CLOSING = `## Talk to a real model

Set a key where the server starts, and start it again:

\`\`\`sh
OPENAI_API_KEY=…       # or
ANTHROPIC_API_KEY=…    # or
XAI_API_KEY=…          # or, for models on your own machine:
OLLAMA_BASE_URL=http://localhost:11434/v1
\`\`\`

To see how a failing provider looks, start a prompt with \`/error PROVIDER_RATE_LIMITED\`, or with \`PROVIDER_TIMEOUT\`, \`PROVIDER_UNAVAILABLE\`, \`PROVIDER_REJECTED\`, \`CONTEXT_TOO_LONG\` or \`CONTENT_FILTERED\` in its place.`;

function writeSampler(prompt: string): string {
  return `## Things to try while I write

1. **Reload the page.** The reply goes on where it was.
2. **Open this chat in a second tab.** Both show the same words at the same time.
3. **Press stop.** What has arrived is kept.
4. **Edit your message** and send it again: the chat gets a branch, and the old one stays.

## Your prompt in numbers

${numbers(prompt)}

## A few requests that I understand

- “Write a function that …” brings code
- “Compare … and …” brings a table
- “Make a plan for …” brings a checklist
- “Write 1000 words about …” brings a text long enough to stop, reload and come back to

\`\`\`ts
const words = ${JSON.stringify(firstWords(prompt, 4))}.split(' ');
console.log(\`\${words.length} words, not one of them lost\`);
\`\`\``;
}

function writeCode(prompt: string): string {
  return `## The code

A small thing that does something with your own words:

\`\`\`ts
/** Counts how often each word occurs, the most frequent first. */
function wordCounts(text: string): [word: string, count: number][] {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/\\p{L}+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

console.table(wordCounts(${JSON.stringify(firstWords(prompt, 12))}));
\`\`\`

How it works:

- \`\\p{L}+\` matches letters of **any** script, so “naïve”, “größer” and “日本語” count as words.
- A \`Map\` keeps the order of first appearance, which makes ties stable.
- It runs in time proportional to the text, plus the sorting of the distinct words.

For your prompt the result begins with:

${numbers(prompt)}`;
}

function writeTable(prompt: string): string {
  return `## The comparison

What happens to a reply that is being written, here and in a chat that keeps it in the page:

| When | In the page only | Rivulet |
|---|---|---|
| you reload | the reply is lost | it goes on where it was |
| the network drops | an error, and half a reply | it catches up, each word once |
| you open a second tab | an empty page | both tabs show it live |
| you press stop | often nothing is kept | what arrived is kept |
| a server is restarted | the reply is lost | another worker takes it over |

And your prompt, as a table too:

${numbers(prompt)}`;
}

function writePlan(prompt: string): string {
  return `## A plan for “${firstWords(prompt, 8)}”

### Today

- [ ] Write down what “done” looks like, in one sentence
- [ ] List what is known, and what is only hoped
- [ ] Pick the one part that could make all the rest pointless

### This week

- [ ] Try that part first, as small as possible
- [ ] Show it to somebody who will use it
- [ ] Throw away what the trial has proved wrong

### After that

1. Build the rest in pieces that each work by themselves.
2. Keep a list of what was left out, and why.
3. Stop when the sentence from the first day is true.

${numbers(prompt)}`;
}

/** The prompt's measures, as a table. */
function numbers(prompt: string): string {
  const words = prompt.match(/[\p{L}\p{N}]+/gu) ?? [];
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  return `| Of your prompt | |
|---|---:|
| Characters | ${[...prompt].length} |
| Words | ${countWords(prompt)} |
| Different words | ${new Set(words.map((word) => word.toLowerCase())).size} |
| Longest word | ${cut(longest, SUBJECT_LENGTH) || '–'} |`;
}

function countWords(prompt: string): number {
  return (prompt.match(/[\p{L}\p{N}]+/gu) ?? []).length;
}

function wordsAskedFor(prompt: string): number {
  const asked = Number(/\b(\d{3,5})\s+words\b/i.exec(prompt)?.[1] ?? ESSAY_WORDS);
  return Math.min(asked, LONGEST_ESSAY_WORDS);
}

function quote(prompt: string): string {
  return cut(prompt.trim(), QUOTE_LENGTH)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

/** Letters and digits only: whatever the prompt holds, it stays inside its quotes, its code and its table. */
function firstWords(prompt: string, count: number): string {
  const words = (prompt.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, count).join(' ');
  return cut(words, SUBJECT_LENGTH) || 'hello';
}

/** At most `length` characters, never half of one. */
function cut(text: string, length: number): string {
  const characters = [...text.slice(0, 2 * length)];
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : characters.join('');
}
