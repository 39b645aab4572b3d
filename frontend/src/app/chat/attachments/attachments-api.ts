import { Injectable, inject } from '@angular/core';
import { UploadAttachmentDocument } from '../../graphql/generated/graphql';
import { GraphqlClient } from '../../graphql/graphql-client';
import type { Attachment } from './attachment';
import type { Upload } from './attachment-reader';
import { base64Of } from './blob-contents';

/** Files on their way to the server. */
@Injectable({ providedIn: 'root' })
export class AttachmentsApi {
  readonly #graphql = inject(GraphqlClient);

  async upload({ name, mediaType, data }: Upload): Promise<Attachment> {
    const input = { name, mediaType, data: await base64Of(data) };
    return (await this.#graphql.mutate(UploadAttachmentDocument, { input })).uploadAttachment;
  }
}
