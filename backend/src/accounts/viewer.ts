/** What an API token may be used for. */
export const API_TOKEN_SCOPES = ['chat:read', 'chat:write'] as const;
export type ApiTokenScope = (typeof API_TOKEN_SCOPES)[number];

/** How somebody showed who they are. The `id` names the access everywhere, and opens nothing. */
export type Access =
  | { readonly type: 'sign-in'; readonly id: string }
  | { readonly type: 'api-token'; readonly id: string; readonly scopes: readonly ApiTokenScope[] };

/** Whoever is asking: the signed-in user of one request, or the user of its API token. */
export interface Viewer {
  readonly id: string;
  readonly email: string | null;
  readonly displayName: string;
  readonly isGuest: boolean;
  readonly isAdmin: boolean;
  /** Without one they came by OpenID Connect, or are a guest. */
  readonly hasPassword: boolean;
  readonly createdAt: Date;
  /** Of the subscription that holds now; `null`: there is none. */
  readonly planId: string | null;
  readonly access: Access;
}
