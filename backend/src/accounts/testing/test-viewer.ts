import type { Viewer } from '../viewer.js';

/** A guest in a browser, unless told otherwise. */
export function testViewer(overrides: Partial<Viewer> = {}): Viewer {
  return {
    ...{ id: 'ada', email: null, displayName: 'Ada', isGuest: true, isAdmin: false, hasPassword: false },
    ...{ createdAt: new Date(0), planId: null, access: { type: 'sign-in', id: 'a0' } },
    ...overrides,
  };
}
