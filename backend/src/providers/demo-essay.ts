interface Section {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const SECTIONS: readonly Section[] = [
  {
    title: 'A reply is a log',
    paragraphs: [
      'Most chats treat a reply as something that flows past: the model speaks, the page listens, and whoever was not there has missed it. Here a reply is a log. Every event that a model causes is written down with a number, and the numbers only ever rise.',
      'A log has pleasant properties. It can be read from the start, from the middle, or from the end. Two readers of one log see the same thing. And a reader who knows the number of the last event it has seen can always say exactly what it still needs.',
      'The page you are looking at does just that. It asks for everything after a number. When it has nothing yet, the number is zero.',
    ],
  },
  {
    title: 'Why a reload costs nothing',
    paragraphs: [
      'When you reload, the page forgets everything. It asks the server for the chat, learns that a reply is being written, and subscribes to it from the beginning. The server sends what has been written so far, in one piece, and then goes on word by word.',
      'There is no seam between the two. The server does not fetch the past from one place and the present from another and hope that they meet; both come out of the same log, in the same order, each event once.',
      'The same path serves a laptop that was closed, a phone in a tunnel, and a second tab. None of them is a special case, which is the best thing that can be said of a special case.',
    ],
  },
  {
    title: 'Who writes, and who only watches',
    paragraphs: [
      'The process that talks to the model is not the process that talks to you. A worker takes the request from a queue, asks the model, and appends what comes. The server that your browser is connected to only reads.',
      'So closing a tab ends nothing: a watcher has left. Only the stop button ends a reply, because it says so in words. What had arrived until then is kept, marked as stopped, and can be continued from.',
      'Should a worker die, another one takes its request over within seconds. It starts the reply again and says so in the log; the page drops the unfinished attempt and shows the new one.',
    ],
  },
  {
    title: 'Branches instead of overwriting',
    paragraphs: [
      'A conversation is often a search. You ask, see that the question was wrong, and ask better. Editing a message here does not erase what came of it: the chat grows a second branch from that point, and the first one stays where it was.',
      'Asking for another reply works in the same way. The replies stand side by side, and you can go back and forth between them. What the model is given is always the branch that you see, and nothing else.',
      'This makes it cheap to try things. A bad turn costs a click, not the conversation.',
    ],
  },
  {
    title: 'The same question twice',
    paragraphs: [
      'Some questions are asked again and again, word for word. When a whole conversation is the same as one that was answered within the last hour, the answer can come from a cache. It arrives as a stream like any other, only faster, and the message says where it came from.',
      'While an answer is still being written, a second request for the very same thing does not ask the model again. It follows the first one. If the first asker stops, the second is not disturbed.',
      'Asking for another version never uses the cache: whoever presses that button wants something new.',
    ],
  },
  {
    title: 'When things go wrong',
    paragraphs: [
      'Providers limit, overload, time out and refuse. Each of these has its own code, and the message under the reply says which one it was and whether trying again makes sense. A failure in mid-sentence keeps the sentence as far as it came.',
      'A provider that stops sending without saying that it has finished is treated as failed, not as done. Half an answer that looks like a whole one would be worse than an error.',
      'Before the first word has come, a short failure is retried quietly. After it, nothing is retried behind your back: you would see one text turn into another.',
    ],
  },
];

const INTRODUCTION =
  'A long text is good for one thing above all: there is time to do something to it. Stop it, reload the page, switch off the network for a moment, open the chat on another device. Meanwhile, this is how the chat around it works.';

/**
 * A text of about `words` words in sections with headings. Longer than its material, it goes round again; each
 * paragraph says which it is, so that a reader can check that none is missing.
 */
export function demoEssay(words: number): string {
  const parts = [INTRODUCTION];
  let count = countWords(INTRODUCTION);
  let paragraphNumber = 0;
  for (let section = 0; count < words; section += 1) {
    const { title, paragraphs } = SECTIONS[section % SECTIONS.length] as Section;
    parts.push(`## ${section + 1}. ${title}`);
    for (const paragraph of paragraphs) {
      if (count >= words) break;
      paragraphNumber += 1;
      parts.push(`**${paragraphNumber}.** ${paragraph}`);
      count += countWords(paragraph);
    }
  }
  return parts.join('\n\n');
}

function countWords(text: string): number {
  return text.split(/\s+/).length;
}
