/** Whoever is asking: the signed-in user of one request. */
export interface Viewer {
  readonly id: string;
  readonly email: string | null;
  readonly displayName: string;
  readonly isGuest: boolean;
  readonly planId: string;
}
