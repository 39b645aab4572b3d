import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { describe, expect, it } from '@jest/globals';
import { testViewer } from '../accounts/testing/test-viewer.js';
import type { ApiTokenScope, Viewer } from '../accounts/viewer.js';
import { AccessGuard, ByApiToken } from './access.guard.js';

class Resolvers {
  @ByApiToken('chat:read') read(this: void): void {}
  @ByApiToken('chat:write') write(this: void): void {}
  account(this: void): void {}
}

describe(AccessGuard.name, () => {
  const resolvers = new Resolvers();

  function asked(handler: () => void, context: object): boolean {
    const args = [undefined, {}, context, {}];
    return new AccessGuard(new Reflector()).canActivate({
      ...{ getType: () => 'graphql', getHandler: () => handler, getClass: () => Resolvers },
      ...{ getArgs: () => args, getArgByIndex: (index: number) => args[index] },
    } as unknown as ExecutionContext);
  }

  function byToken(scopes: readonly ApiTokenScope[]): { viewer: Viewer; credential: object } {
    const viewer = testViewer({ access: { type: 'api-token', id: 't', scopes } });
    return { viewer, credential: { type: 'api-token', secret: 'rvl_x' } };
  }

  it('lets a token do what its scopes say', () => {
    expect(asked(resolvers.read, byToken(['chat:read']))).toBe(true);
    expect(asked(resolvers.write, byToken(['chat:read', 'chat:write']))).toBe(true);
  });

  it.each<[string, () => void, readonly ApiTokenScope[]]>([
    ['a scope that it lacks', resolvers.write, ['chat:read']],
    ['a scope that the other one does not bring', resolvers.read, ['chat:write']],
    ['what declares no scope', resolvers.account, ['chat:read', 'chat:write']],
  ])('refuses a token %s', (_what, handler, scopes) => {
    expect(() => asked(handler, byToken(scopes))).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('does not take a program for nobody whose token counts no more', () => {
    const context = { viewer: undefined, credential: { type: 'api-token', secret: 'rvl_x' } };
    expect(() => asked(resolvers.read, context)).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED' }),
    );
  });

  it('has no say in what browsers and strangers do', () => {
    expect(
      asked(resolvers.account, { viewer: testViewer(), credential: { type: 'sign-in', secret: 'x' } }),
    ).toBe(true);
    expect(asked(resolvers.account, { viewer: undefined, credential: undefined })).toBe(true);
  });
});
