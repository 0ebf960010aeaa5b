import type { Clock } from '../../../../core/clock.ts';
import type { House, Settings } from '../../../../core/manifest.ts';
import type { Mailbox } from '../../../../core/ports/mailbox.ts';
import type { DecentHours } from '../../../../core/time/decent-hours.ts';
import type { Files } from '../../../acquisitions/index.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { Belonging, PageLinks, People } from '../../../people/index.ts';
import type { Kickoffs } from '../store/kickoffs.ts';

export interface KickoffServices {
  readonly clock: Clock;
  readonly catalogue: CatalogueService;
  readonly files: Files;
  readonly belonging: Belonging;
  readonly hours: DecentHours;
  readonly house: Pick<House, 'holdersOf'>;
  readonly kickoffs: Kickoffs;
  /** None unless the deployer named the mailbox from which the broker writes. */
  readonly mailbox: Mailbox | undefined;
  readonly pageLinks: PageLinks;
  readonly people: People;
  readonly settings: Pick<Settings, 'linkDays'>;
  readonly timeZone: string;
}

/** What a card of a kickoff is drawn with. */
export type CardServices = Omit<
  KickoffServices,
  'catalogue' | 'mailbox' | 'house' | 'pageLinks' | 'people' | 'belonging' | 'settings'
>;
