import type { Clock } from '../../../../core/clock.ts';
import type { Db, Deliveries } from '../../../../core/ports.ts';
import type { Audit, Quotas } from '../../../people/index.ts';
import { buildEscalationNews } from './escalation-news.ts';
import { buildEscalationOpening } from './escalation-opening.ts';
import { buildEscalationRecords } from './escalation-records.ts';
import { buildEscalationSteps } from './escalation-steps.ts';
import { buildOwnEscalations } from './own-escalations.ts';
import { buildTelling } from './telling.ts';

/**
 * Questions handed to the broker's staff. Every step carries the revision that its author saw: of two
 * who act at the same moment one wins, the other sees what stands now.
 */
export function buildEscalations(
  db: Db,
  clock: Clock,
  deliveries: Deliveries,
  audit: Audit,
  quotas: Pick<Quotas, 'spend'>,
) {
  const parts = { db, clock, audit, quotas, telling: buildTelling(deliveries) };
  return {
    ...buildEscalationRecords(db, parts.telling),
    ...buildEscalationOpening(parts),
    ...buildEscalationSteps(parts),
    ...buildEscalationNews(parts),
    ...buildOwnEscalations(db, parts.telling),
  };
}

export type Escalations = ReturnType<typeof buildEscalations>;
