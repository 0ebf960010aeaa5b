import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import type { Db } from '../../core/ports.ts';

export const migrationsFolder = join(import.meta.dirname, 'migrations');

export interface Storage {
  readonly db: Db;
  /** The engine itself, for the queue, which speaks to it without Drizzle. */
  readonly engine:
    | { readonly kind: 'pglite'; readonly pglite: PGlite }
    | { readonly kind: 'postgres'; readonly url: string };
  /** Brings the schema to the newest version. Safe when several processes start together. */
  migrate(): Promise<void>;
  /** Resolves when the database answers, within two seconds. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
