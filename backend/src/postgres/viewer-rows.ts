import type { FoundViewer } from '../accounts/access-repository.js';
import type { Access, Viewer } from '../accounts/viewer.js';
import { PLAN_ID } from './subscription-rows.js';

/** Columns of the user `u`, as `foundViewer` takes them. */
export const VIEWER_COLUMNS = `u.id, u.email, u."displayName", u."isGuest", u."isAdmin",
  u."passwordHash" IS NOT NULL AS "hasPassword", u."createdAt", ${PLAN_ID}`;

/** When the access `a` ends by itself. */
export const ENDS_IN_MS = `extract(epoch FROM a."expiresAt" - now())::float8 * 1000 AS "endsInMs"`;

export interface ViewerRow extends Omit<Viewer, 'access'> {
  /** `null`: never. */
  readonly endsInMs: number | null;
}

export function foundViewer(row: ViewerRow, access: Access): FoundViewer {
  const { id, email, displayName, isGuest, isAdmin, hasPassword, createdAt, planId, endsInMs } = row;
  return {
    viewer: { id, email, displayName, isGuest, isAdmin, hasPassword, createdAt, planId, access },
    endsInMs: endsInMs ?? Infinity,
  };
}
