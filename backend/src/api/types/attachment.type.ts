import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('Attachment', { description: 'A file that messages bring along.' })
export class AttachmentType {
  @Field(() => ID)
  id: string;

  @Field()
  name: string;

  @Field({ description: 'image/png, image/jpeg, image/webp, image/gif, or that of a text in UTF-8.' })
  mediaType: string;

  @Field(() => Int, { description: 'Bytes.' })
  size: number;
}
