import type { Route, UrlMatchResult, UrlSegment } from '@angular/router';

/**
 * `/` and `/chat/:id` are one route, so that a new chat gets its address without its page being built anew.
 */
export function matchChat(segments: UrlSegment[]): UrlMatchResult | null {
  const [first, id, ...more] = segments;
  if (!first) return { consumed: [] };
  if (first.path !== 'chat' || !id || more.length > 0) return null;
  return { consumed: segments, posParams: { id } };
}

export const ROUTES: Route[] = [
  { matcher: matchChat, loadComponent: async () => (await import('./chat/chat-page')).ChatPage },
  {
    path: 'sign-in',
    title: () => $localize`Sign in · Rivulet`,
    loadComponent: async () => (await import('./sign-in/sign-in-page')).SignInPage,
  },
  {
    path: 'settings',
    loadChildren: async () => (await import('./settings/settings.routes')).SETTINGS_ROUTES,
  },
  {
    path: 'admin',
    title: () => $localize`Administration · Rivulet`,
    loadComponent: async () => (await import('./admin/admin-page')).AdminPage,
  },
  { path: '**', redirectTo: '' },
];
