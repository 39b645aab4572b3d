import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import { MAX_UNSENT, UNSENT_HOURS, type Attachment } from '../../chat/attachment.js';
import { Attachments } from '../../chat/attachments.service.js';
import { ByApiToken } from '../access.guard.js';
import { attachmentUrl } from '../attachment-url.js';
import { UploadAttachmentInput } from '../inputs/attachment.inputs.js';
import { CurrentViewer } from '../request-context.js';
import { AttachmentType } from '../types/attachment.type.js';

@Resolver(() => AttachmentType)
export class AttachmentResolver {
  constructor(private readonly attachments: Attachments) {}

  @ByApiToken('chat:write')
  @Mutation(() => AttachmentType, {
    description:
      `Keeps an image (PNG, JPEG, WebP, GIF) or a text file for \`startChatSession\`. What is not sent within ${UNSENT_HOURS} hours ` +
      `is deleted, and ${MAX_UNSENT} may wait: then it is CONFLICT. Of another type, too large or no base64 is VALIDATION_FAILED.`,
  })
  uploadAttachment(
    @Args('input') input: UploadAttachmentInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Attachment> {
    return this.attachments.upload(viewer, input);
  }

  @ResolveField(() => String, {
    description: 'A path on this server, for a GET with the same cookie or API token.',
  })
  url(@Parent() attachment: Attachment): string {
    return attachmentUrl(attachment);
  }
}
