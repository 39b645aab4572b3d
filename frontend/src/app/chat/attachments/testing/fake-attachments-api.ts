import type { Attachment } from '../attachment';
import type { Upload } from '../attachment-reader';
import type { AttachmentsApi } from '../attachments-api';

/** An upload that the test answers when the story has come so far. */
export interface PendingUpload extends Upload {
  readonly taken: (attachment?: Partial<Attachment>) => void;
  readonly refused: (error: unknown) => void;
}

/** A file as the server has it, with whatever a story is about. */
export function anAttachment(about: Partial<Attachment> = {}): Attachment {
  const id = about.id ?? 'f1';
  return { id, name: 'notes.txt', mediaType: 'text/plain', size: 5, url: `/attachments/${id}`, ...about };
}

/** The server, played by the test. */
export class FakeAttachmentsApi implements Pick<AttachmentsApi, keyof AttachmentsApi> {
  readonly uploads: PendingUpload[] = [];
  #arrivals: (() => void)[] = [];

  /** Until so many have come: what looks into files is loaded with the first one, which takes its time. */
  async arrived(count: number): Promise<void> {
    while (this.uploads.length < count) await new Promise<void>((resolve) => this.#arrivals.push(resolve));
  }

  upload(upload: Upload): Promise<Attachment> {
    const { name, mediaType, data } = upload;
    return new Promise((resolve, refused) => {
      const id = `f${this.uploads.length + 1}`;
      const taken = (about: Partial<Attachment> = {}): void =>
        resolve(anAttachment({ id, name, mediaType, size: data.size, ...about }));
      this.uploads.push({ ...upload, taken, refused });
      this.#arrivals.splice(0).forEach((arrive) => arrive());
    });
  }
}
