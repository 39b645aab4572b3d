import { Injectable, Injector, inject, signal } from '@angular/core';
import { Subject, filter, firstValueFrom, map, startWith } from 'rxjs';
import { ViewerStore } from '../../account/viewer-store';
import { BrowserStorage } from '../../browser/browser-storage';
import { Chance } from '../../browser/chance';
import { Connectivity } from '../../browser/connectivity';
import { WALL_CLOCK } from '../../browser/wall-clock';
import { Failure } from '../../graphql/failure';
import { newFile, uploadedFile, type AttachedFile, type Progress } from './attached-file';
import { MAX_ATTACHMENTS, type Attachment } from './attachment';
import type { Upload } from './attachment-reader';
import { AttachmentsApi } from './attachments-api';
import { RefusedFile, type Refusal, type RefusedName } from './refused-file';

/** A file that the server has, as it is kept with a draft. */
interface Kept {
  readonly attachment: Attachment;
  readonly at: number | null;
}

/** The server deletes what is not sent after a day; an hour of it is left for whoever comes back in time. */
const KEPT_MS = 23 * 3_600_000;

interface Refused extends RefusedName {
  readonly draft: string;
}

/**
 * The files that are attached to drafts. Each is uploaded as soon as it is attached; what the server has is kept with the
 * draft, and is there after a reload.
 */
@Injectable({ providedIn: 'root' })
export class AttachmentsStore {
  readonly #api = inject(AttachmentsApi);
  readonly #injector = inject(Injector);
  readonly #viewer = inject(ViewerStore);
  readonly #storage = inject(BrowserStorage);
  readonly #chance = inject(Chance);
  readonly #now = inject(WALL_CLOCK);
  readonly #files = signal<readonly AttachedFile[]>([]);
  readonly #refused = signal<readonly Refused[]>([]);
  readonly #changed = new Subject<void>();

  constructor() {
    inject(Connectivity).worthTrying.subscribe(() => {
      for (const { key, progress } of this.#files())
        if (progress.type === 'failed' && progress.failure.code === 'UNREACHABLE') void this.retry(key);
    });
  }

  /** What is attached to a draft, in the order in which it came. */
  of(draft: string): readonly AttachedFile[] {
    return this.#files().filter((file) => file.draft === draft);
  }

  /** What was to be attached to it last, and was not taken. */
  refusedOf(draft: string): readonly RefusedName[] {
    return this.#refused().filter((refused) => refused.draft === draft);
  }

  /** Resolves when each has been uploaded, or has not. */
  async add(draft: string, files: readonly File[]): Promise<void> {
    this.#forgetRefused(draft);
    const room = Math.max(0, MAX_ATTACHMENTS - this.of(draft).length);
    const taken = files.slice(0, room).map((file) => newFile(this.#chance.key(), draft, file));
    const left = files.slice(room).map(({ name }) => ({ name, draft, why: 'count' }) as const);
    this.#refused.update((refused) => [...refused, ...left]);
    this.#change(draft, (attached) => [...attached, ...taken]);
    await Promise.all(taken.map(({ key }) => this.#upload(key)));
  }

  /** The files of a message that is written anew, before whatever else is attached to the draft. */
  addSent(draft: string, attachments: readonly Attachment[]): void {
    this.giveBack(
      draft,
      attachments.map((attachment) => uploadedFile(this.#chance.key(), draft, attachment, null)),
    );
  }

  /** What was taken out comes back, before whatever was attached since. */
  giveBack(draft: string, files: readonly AttachedFile[]): void {
    const back = files.map((file) => ({ ...file, draft }));
    this.#change(draft, (attached) => [...back, ...attached]);
  }

  remove(key: string): void {
    const draft = this.#find(key)?.draft;
    if (draft) this.#change(draft, (attached) => attached.filter((file) => file.key !== key));
  }

  /** Sends once more what did not get to the server. */
  async retry(key: string): Promise<void> {
    if (this.#find(key)?.progress.type !== 'failed') return;
    this.#progress(key, { type: 'uploading' });
    await this.#upload(key);
  }

  /** Whether a message may name all files of the draft now: they are at the server, and it still keeps them. */
  ready(draft: string): boolean {
    return this.of(draft).every(
      ({ progress }) => progress.type === 'uploaded' && !this.#isForgotten(progress),
    );
  }

  /** Uploads again what the server has deleted meanwhile; what this page does not have either is left out. */
  renew(draft: string): void {
    for (const { key, file, progress } of this.of(draft)) {
      if (progress.type !== 'uploaded' || !this.#isForgotten(progress)) continue;
      if (!file) {
        this.#refuse(key, 'forgotten');
        continue;
      }
      this.#progress(key, { type: 'uploading' });
      void this.#upload(key);
    }
  }

  /** Resolves when nothing of the draft is on its way any more: each is there, has failed, or was removed. */
  async untilUploaded(draft: string): Promise<void> {
    const uploading = this.#changed.pipe(
      startWith(undefined),
      map(() => this.of(draft).some(({ progress }) => progress.type === 'uploading')),
    );
    await firstValueFrom(uploading.pipe(filter((still) => !still)));
  }

  /** The draft has been sent, or is given up. */
  clear(draft: string): void {
    this.#forgetRefused(draft);
    this.#change(draft, () => []);
  }

  /** Brings back what was kept with the draft and is still to be had, unless something is attached to it here. */
  recall(draft: string): void {
    const kept = this.#storage.read(keyOf(draft));
    if (!kept || this.of(draft).length > 0) return;
    const files = (JSON.parse(kept) as Kept[])
      .filter((one) => !this.#isForgotten(one))
      .map(({ attachment, at }) => uploadedFile(this.#chance.key(), draft, attachment, at));
    this.#change(draft, () => files);
  }

  /** Whatever is attached to one draft belongs to another one from here on. */
  move(from: string, to: string): void {
    const moved = this.of(from).map((file) => ({ ...file, draft: to }));
    this.clear(from);
    this.#change(to, (attached) => [...attached, ...moved]);
  }

  /** Whether the server has deleted what nobody has sent. */
  #isForgotten({ at }: { readonly at: number | null }): boolean {
    return at !== null && this.#now() - at >= KEPT_MS;
  }

  async #upload(key: string): Promise<void> {
    const file = this.#find(key)?.file;
    if (!file) return;
    try {
      const upload = await this.#read(file);
      // Attaching waits for the server, as sending does.
      if (this.#viewer.away()) await this.#viewer.untilReached();
      await this.#viewer.ensure();
      if (!this.#find(key)) return;
      const attachment = await this.#api.upload(upload);
      this.#progress(key, { type: 'uploaded', attachment, at: this.#now() });
    } catch (error) {
      if (error instanceof RefusedFile) this.#refuse(key, error.why);
      // The file has gone since it was looked at.
      else if (error instanceof DOMException) this.#refuse(key, 'unreadable');
      else if (error instanceof Failure) this.#progress(key, { type: 'failed', failure: error });
      else throw error;
    }
  }

  /** What looks into files is loaded with the first one. */
  async #read(file: File): Promise<Upload> {
    const { AttachmentReader } = await import('./attachment-reader');
    return this.#injector.get(AttachmentReader).read(file);
  }

  /** What was removed meanwhile is nobody's any more. */
  #progress(key: string, progress: Progress): void {
    const found = this.#find(key);
    if (!found) return;
    const { name, mediaType, size } = progress.type === 'uploaded' ? progress.attachment : found;
    const changed = { ...found, name, mediaType, size, progress };
    this.#change(found.draft, (attached) => attached.map((file) => (file === found ? changed : file)));
  }

  #refuse(key: string, why: Refusal): void {
    const found = this.#find(key);
    if (!found) return;
    const { name, draft } = found;
    this.#refused.update((refused) => [...refused, { name, draft, why }]);
    this.remove(key);
  }

  #find(key: string): AttachedFile | undefined {
    return this.#files().find((file) => file.key === key);
  }

  #forgetRefused(draft: string): void {
    this.#refused.update((all) => all.filter((refused) => refused.draft !== draft));
  }

  #change(draft: string, change: (attached: readonly AttachedFile[]) => readonly AttachedFile[]): void {
    const attached = change(this.of(draft));
    this.#files.update((files) => [...files.filter((file) => file.draft !== draft), ...attached]);
    const kept = attached.flatMap(({ progress }): Kept[] =>
      progress.type === 'uploaded' ? [{ attachment: progress.attachment, at: progress.at }] : [],
    );
    if (kept.length === 0) this.#storage.remove(keyOf(draft));
    else this.#storage.write(keyOf(draft), JSON.stringify(kept));
    this.#changed.next();
  }
}

/** Begins as a draft's own key does, so that it is forgotten with that. */
function keyOf(draft: string): string {
  return `${draft}.attachments`;
}
