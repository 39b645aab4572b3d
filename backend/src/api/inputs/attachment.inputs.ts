import { Field, InputType } from '@nestjs/graphql';
import type { UploadRequest } from '../../chat/checked-attachment.js';

@InputType()
export class UploadAttachmentInput implements UploadRequest {
  @Field({ description: 'Up to 200 characters, without slashes.' })
  name: string;

  @Field({
    description:
      "What the client takes it for: an image's format is seen by its bytes, a text is to be one by its type as well " +
      '(`text/…`, `application/json` and the like).',
  })
  mediaType: string;

  @Field({ description: 'Base64: of an image up to 2.5 MB, of a text in UTF-8 up to 256 kB.' })
  data: string;
}
