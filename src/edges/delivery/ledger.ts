import type { Db } from '../../core/ports/db.ts';
import type { Deliveries } from '../../core/ports/delivery.ts';
import { buildLedgerChanges, type LedgerParts } from './ledger-changes.ts';
import { buildLedgerFigures, buildLedgerRows } from './ledger-reading.ts';

export type Ledger = Omit<Deliveries, 'preferences' | 'prefer' | 'erase' | 'heldOf' | 'health' | 'rate'>;

/** The ledger of notices: who is told what, when, and what became of it. */
export const buildLedger = (db: Db, parts: LedgerParts): Ledger => ({
  ...buildLedgerChanges(parts),
  ...buildLedgerRows(db),
  ...buildLedgerFigures(db),
});
