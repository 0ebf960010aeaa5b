import type { Clock } from '../../../core/clock.ts';
import type { House } from '../../../core/manifest.ts';
import type { Conversations, Roster } from '../../../core/ports/conversations.ts';
import type { Db } from '../../../core/ports/db.ts';
import type { Documents } from '../../../core/ports/documents.ts';
import type { BusinessDays } from '../../../core/time/business-days.ts';
import type { Files } from '../../acquisitions/index.ts';
import type { CatalogueService } from '../../catalogue/index.ts';
import type { Belonging, Links, Organizations, PageLinks, People } from '../../people/index.ts';
import type { Comments } from '../commenting/store/comments.ts';
import type { Contracts } from '../recording/store/contracts.ts';

export interface ContractServices {
  readonly belonging: Belonging;
  readonly catalogue: CatalogueService;
  readonly clock: Clock;
  readonly comments: Comments;
  readonly contracts: Contracts;
  readonly conversations: Conversations;
  readonly days: BusinessDays;
  readonly db: Db;
  readonly documents: Documents;
  readonly feePercent: string | undefined;
  readonly files: Files;
  readonly house: Pick<House, 'holdersOf'>;
  readonly links: Links;
  readonly organizations: Organizations;
  readonly pageLinks: PageLinks;
  readonly people: People;
  readonly roster: Roster;
  readonly timeZone: string;
}

/** Which contract, and which page of its card. */
export interface OfContract {
  readonly contract: string;
  readonly page?: number;
}
