import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import type { ApiTokenScope } from '../../accounts/viewer.js';
import { ApiTokenScopeEnum } from './enums.js';

@ObjectType('ApiToken')
export class ApiTokenType {
  @Field(() => ID) id: string;
  @Field() name: string;
  @Field(() => [ApiTokenScopeEnum], { description: 'What it may be used for.' }) scopes: ApiTokenScope[];
  @Field(() => GraphQLISODateTime) createdAt: Date;
  @Field(() => GraphQLISODateTime, { nullable: true }) expiresAt: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'To the minute.' }) lastUsedAt: Date | null;
}

@ObjectType('CreateApiTokenPayload')
export class CreateApiTokenPayload {
  @Field(() => ApiTokenType)
  apiToken: ApiTokenType;

  @Field({ description: 'Shown once; sent as `Authorization: Bearer …`.' })
  secret: string;
}
