import type { ConversationAttachment, ConversationMessage } from './provider-adapter.js';

type Image = Extract<ConversationAttachment, { type: 'image' }>;
type Text = Extract<ConversationAttachment, { type: 'text' }>;

/** What a message says to a model that reads: the texts that it brings along, each fenced below its name, and its own. */
export function textOf({ content, attachments = [] }: ConversationMessage): string {
  const texts = attachments.filter((one) => one.type === 'text');
  return [...texts.map(fenced), content].join('\n\n');
}

export function imagesOf({ attachments = [] }: ConversationMessage): Image[] {
  return attachments.filter((one) => one.type === 'image');
}

/** https://www.rfc-editor.org/rfc/rfc2397 */
export function dataUrlOf({ mediaType, data }: Image): string {
  return `data:${mediaType};base64,${data}`;
}

/** The fence is longer than any in the text. */
function fenced({ name, text }: Text): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${name}:\n\n${fence}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}
