import type { Clock } from '../../../../core/clock.ts';
import type { House } from '../../../../core/manifest.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Documents } from '../../../../core/ports/documents.ts';
import type { Links, People, StaffChannel } from '../../../people/index.ts';
import type { CatalogueService } from '../../build.ts';

export interface CatalogueServices {
  readonly db: Db;
  readonly clock: Clock;
  readonly documents: Documents;
  readonly house: Pick<House, 'holdersOf'>;
  readonly people: People;
  readonly links: Links;
  readonly staffChannel: StaffChannel;
  readonly catalogue: CatalogueService;
}
