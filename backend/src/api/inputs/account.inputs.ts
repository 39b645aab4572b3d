import { Field, GraphQLISODateTime, InputType } from '@nestjs/graphql';
import type { ApiTokenScope } from '../../accounts/viewer.js';
import { ApiTokenScopeEnum } from '../types/enums.js';

@InputType()
export class SignUpInput {
  @Field()
  email: string;

  @Field({ description: '10 to 200 characters.' })
  password: string;

  @Field(() => String, { nullable: true, description: "Left out: what stands before the address's @." })
  displayName?: string | null;
}

@InputType()
export class SignInInput {
  @Field() email: string;
  @Field() password: string;
}

@InputType()
export class ChangePasswordInput {
  @Field(() => String, { nullable: true, description: 'Left out only where the account has none.' })
  currentPassword?: string | null;

  @Field({ description: '10 to 200 characters.' })
  newPassword: string;
}

@InputType()
export class DeleteAccountInput {
  @Field(() => String, { nullable: true, description: 'Left out only where the account has none.' })
  password?: string | null;
}

@InputType()
export class CreateApiTokenInput {
  @Field()
  name: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Left out: never.' })
  expiresAt?: Date | null;

  @Field(() => [ApiTokenScopeEnum], { nullable: true, description: 'Left out: all.' })
  scopes?: ApiTokenScope[] | null;
}
