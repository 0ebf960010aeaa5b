import { isNull } from 'drizzle-orm';
import { ficheVersions } from '../../tables.ts';

export type Version = typeof ficheVersions.$inferSelect;

export type Origin = Version['origin'];

/** Versions of the catalogue: neither of an example that was removed. */
export const present = isNull(ficheVersions.removedAt);
