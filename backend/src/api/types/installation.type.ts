import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('OpenIdConnectSignIn')
export class OpenIdConnectSignInType {
  @Field({ description: 'As users know it, for a button.' }) name: string;
  @Field({ description: 'Path to send the browser to.' }) path: string;
}

@ObjectType('Installation')
export class InstallationType {
  @Field({ description: 'Whether anybody may make an account with a password.' })
  signUpAllowed: boolean;

  @Field({ description: 'Whether people may chat without an account.' })
  guestsAllowed: boolean;

  @Field(() => OpenIdConnectSignInType, {
    nullable: true,
    description: 'The OpenID provider that one can sign in with, if any.',
  })
  openIdConnect: OpenIdConnectSignInType | null;
}
