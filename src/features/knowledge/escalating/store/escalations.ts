import type { Clock } from '../../../../core/clock.ts';
import type { House } from '../../../../core/manifest.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import type { Audit, Belonging, Quotas } from '../../../people/index.ts';
import { buildAskerSteps } from './asker-steps.ts';
import { buildEscalationNews } from './escalation-news.ts';
import { buildEscalationOpening } from './escalation-opening.ts';
import { buildEscalationRecords } from './escalation-records.ts';
import { buildEscalationSteps } from './escalation-steps.ts';
import { buildEscalationWaits } from './escalation-waits.ts';
import { buildOwnEscalations } from './own-escalations.ts';
import { buildOwnRequests } from './own-requests.ts';
import { buildStaffView } from './staff-view.ts';
import { buildTelling } from './telling.ts';
import { buildUsualDelay } from './usual-delay.ts';

export interface EscalationPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly days: BusinessDays;
  readonly deliveries: Deliveries;
  readonly house: Pick<House, 'findUnderWay' | 'latestUnderWay'>;
  readonly audit: Audit;
  readonly belonging: Pick<Belonging, 'bodyOf'>;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/**
 * Questions handed to the broker's staff. Every step carries the revision that its author saw: of two
 * who act at the same moment one wins, the other sees what stands now.
 */
export function buildEscalations(ports: EscalationPorts) {
  const { db, clock, days, deliveries, house, audit, belonging, quotas } = ports;
  const parts = { db, clock, audit, quotas, telling: buildTelling(deliveries) };
  const records = buildEscalationRecords(db, parts.telling);
  return {
    ...records,
    ...buildEscalationOpening(parts),
    ...buildEscalationSteps(parts),
    ...buildAskerSteps(parts),
    ...buildEscalationNews(parts),
    ...buildOwnEscalations(db, clock, parts.telling),
    ...buildOwnRequests(db),
    ...buildEscalationWaits({ ...parts, days }),
    ...buildUsualDelay(db, clock, days),
    ...buildStaffView({ db, belonging, house, audit, askers: records.askers }),
  };
}

export type Escalations = ReturnType<typeof buildEscalations>;
