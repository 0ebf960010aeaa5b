import type { Db } from '../../../core/ports.ts';
import type { Files } from '../../acquisitions/index.ts';
import type { CatalogueService } from '../../catalogue/index.ts';
import type { Belonging, Organizations, PageLinks, People } from '../../people/index.ts';
import type { Comments } from '../commenting/store.ts';
import type { Contracts } from '../recording/store/contracts.ts';

export interface ContractServices {
  readonly belonging: Belonging;
  readonly catalogue: CatalogueService;
  readonly comments: Comments;
  readonly contracts: Contracts;
  readonly db: Db;
  readonly feePercent: string | undefined;
  readonly files: Files;
  readonly organizations: Organizations;
  readonly pageLinks: PageLinks;
  readonly people: People;
  readonly timeZone: string;
}

/** Which contract, and which page of its card. */
export interface OfContract {
  readonly contract: string;
  readonly page?: number;
}
