import { createHash } from 'node:crypto';

/** The act by which the beginning of the chain went, as its retention wants. Its object is the last link that went. */
export const PURGE = 'audit.purge';
export const purged = ({ position, hash }: { readonly position: number; readonly hash: string }): string =>
  `${position} ${hash}`;

/** A row of the trail, every part of it as text; `at` in microseconds since 1970. */
export interface TrailRow {
  readonly id: string;
  readonly at: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly action: string;
  readonly object: string;
}

export interface Link {
  readonly position: number;
  readonly previous: string;
  readonly hash: string;
  /** Undefined where it is not there any more. */
  readonly row: TrailRow | undefined;
}

/**
 * Where a chain does not hold. `start`: what came before went by no purge. `missing`: links were taken out. `loose`: a
 * link names another one before it. `gone`, `changed`: its row is not there, or not as it was.
 */
export interface Break {
  readonly position: number;
  readonly why: 'start' | 'missing' | 'loose' | 'gone' | 'changed';
}

/** The hash of a link, as the database makes it: each part is told with its length in bytes. */
function hashOf({ position, previous, row }: Pick<Link, 'position' | 'previous'> & { row: TrailRow }) {
  const { id, at, tenantId, objectId, action, object } = row;
  const parts = [String(position), previous, id, at, tenantId, objectId, action, object];
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  return createHash('sha256').update(text).digest('hex');
}

/** What a link that follows another does wrong; nothing is asked of the first one's predecessor. */
export function breakOf(before: Link | undefined, link: Link): Break | undefined {
  const { position, previous, hash, row } = link;
  if (before && position !== before.position + 1) return { position: before.position + 1, why: 'missing' };
  if (before && previous !== before.hash) return { position, why: 'loose' };
  if (!row) return { position, why: 'gone' };
  return hashOf({ position, previous, row }) === hash ? undefined : { position, why: 'changed' };
}

/** Whether a row says that all went, by its retention, that came before a link. */
export const vouches = ({ action, object }: TrailRow, { position, previous }: Link): boolean =>
  action === PURGE && object === purged({ position: position - 1, hash: previous });
