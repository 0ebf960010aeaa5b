import type { Clock } from '../../../core/clock.ts';
import type { House } from '../../../core/manifest.ts';
import type { People } from '../../people/index.ts';
import type { Office } from '../store/office.ts';

export interface OfficeServices {
  readonly office: Office;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly house: Pick<House, 'waits'>;
  readonly people: Pick<People, 'may'>;
}
