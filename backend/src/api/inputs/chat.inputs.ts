import { Field, Float, ID, InputType } from '@nestjs/graphql';
import { MAX_SYSTEM_PROMPT_LENGTH } from '../../chat/checked-settings.js';

@InputType()
export class UpdateChatSettingsInput {
  @Field(() => ID, { nullable: true, description: 'The model that is to answer next. Left out: as it was.' })
  modelId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Up to ${MAX_SYSTEM_PROMPT_LENGTH} characters. Left out: as it was; null: none.`,
  })
  systemPrompt?: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "From 0 to the `maxTemperature` of the chat's model. Left out: as it was; null: each model's own.",
  })
  temperature?: number | null;
}
