import type { Clock } from '../../../../core/clock.ts';
import type { Db, Documents } from '../../../../core/ports.ts';
import type { Links, People, StaffChannel } from '../../../people/index.ts';
import type { CatalogueService } from '../../build.ts';

export interface CatalogueServices {
  readonly db: Db;
  readonly clock: Clock;
  readonly documents: Documents;
  readonly people: People;
  readonly links: Links;
  readonly staffChannel: StaffChannel;
  readonly catalogue: CatalogueService;
}
