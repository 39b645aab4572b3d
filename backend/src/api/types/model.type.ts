import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { ErrorCode } from '../../errors/error-code.js';
import { ErrorCodeEnum } from './enums.js';
import { PlanType } from './plan.type.js';

@ObjectType('Model')
export class ModelType {
  @Field(() => ID, { description: 'Provider and model, as in `openai/gpt-5`.' })
  id: string;

  @Field()
  name: string;

  @Field()
  provider: string;

  @Field(() => Int, { nullable: true })
  contextWindow?: number | null;

  @Field(() => Float, {
    description: 'It takes a temperature from 0 to this one; 0: it takes none, and answers at its own.',
  })
  maxTemperature: number;

  @Field({ description: 'Whether a message to it may bring images along. Text files it takes in any case.' })
  acceptsImages: boolean;

  @Field({
    description: 'Whether this viewer can use it now; where not, `unavailableReason` says why.',
  })
  available: boolean;

  @Field(() => ErrorCodeEnum, { nullable: true })
  unavailableReason: ErrorCode | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The environment variable that would configure it: for administrators, where that is missing.',
  })
  missingSetting: string | null;

  @Field()
  pinned: boolean;

  @Field(() => [PlanType], { description: 'The plans that include it, cheapest first.' })
  plans: readonly PlanType[];
}
