import type { Clock } from '../../../core/clock.ts';
import type { House } from '../../../core/manifest.ts';
import type { Db } from '../../../core/ports/db.ts';
import type { Deliveries } from '../../../core/ports/delivery.ts';
import type { DecentHours } from '../../../core/time/decent-hours.ts';
import type { Gathering } from '../store/gathering.ts';
import type { Telling } from '../store/telling.ts';
import type { Wishes } from '../store/wishes.ts';

export interface ReminderServices {
  readonly db: Db;
  readonly clock: Clock;
  readonly hours: DecentHours;
  readonly timeZone: string;
  readonly deliveries: Deliveries;
  readonly house: Pick<House, 'recalls' | 'noticeAbout' | 'noticeKinds'>;
  readonly gathering: Gathering;
  readonly telling: Telling;
  readonly wishes: Wishes;
}
