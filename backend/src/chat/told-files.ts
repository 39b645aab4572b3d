import { AppError } from '../errors/app-error.js';
import type { CatalogModel } from '../providers/model-catalog.js';
import type { ConversationAttachment, ConversationMessage } from '../providers/provider-adapter.js';
import { isImage, MAX_ATTACHMENTS, MAX_IMAGE_SIZE, type Attachment } from './attachment.js';
import type { Turn } from './conversation.js';

/**
 * Bytes of images that a model is shown at once: those of the newest message in any case, and no more than vendors take and
 * workers have room for.
 */
const MAX_SHOWN = MAX_ATTACHMENTS * MAX_IMAGE_SIZE;

/** The conversation as the model can take it: of images that it cannot, and of the oldest of too many, it hears the name. */
export function takenBy({ acceptsImages }: CatalogModel, turns: readonly Turn[]): Turn[] {
  let room = acceptsImages ? MAX_SHOWN : 0;
  const taken: Turn[] = [];
  for (const { attachments = [], ...turn } of turns.toReversed()) {
    const named = attachments.filter((one) => {
      if (!isImage(one)) return false;
      if (one.size > room) return true;
      room -= one.size;
      return false;
    });
    const told = attachments.filter((one) => !named.includes(one));
    const content = [...named.map(({ name }) => `[image ${name}]`), turn.content].join('\n\n');
    taken.unshift({ ...turn, content, ...(told.length > 0 && { attachments: told }) });
  }
  return taken;
}

/** The files to read before the conversation can be told. */
export function fileIdsOf(turns: readonly Turn[]): string[] {
  return turns.flatMap(({ attachments = [] }) => attachments.map(({ id }) => id));
}

/** The conversation with its files, as providers are told it. */
export function withFiles(turns: readonly Turn[], files: ReadonlyMap<string, Buffer>): ConversationMessage[] {
  return turns.map(({ attachments, ...turn }) => ({
    ...turn,
    ...(attachments && { attachments: attachments.map((one) => toldAs(one, files.get(one.id))) }),
  }));
}

function toldAs(attachment: Attachment, bytes: Buffer | undefined): ConversationAttachment {
  const { name } = attachment;
  // Its user was deleted in this moment.
  if (!bytes) throw new AppError('NOT_FOUND', 'A file of this chat does not exist any more.');
  return isImage(attachment)
    ? { type: 'image', name, mediaType: attachment.mediaType, data: bytes.toString('base64') }
    : { type: 'text', name, text: new TextDecoder().decode(bytes) };
}
