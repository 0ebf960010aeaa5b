import type { Clock } from '../../../../core/clock.ts';
import type { Files } from '../../../acquisitions/index.ts';
import type { Signatures } from '../../../people/index.ts';
import type { Kickoffs } from '../store/kickoffs.ts';

export interface KickoffServices {
  readonly clock: Clock;
  readonly files: Files;
  readonly kickoffs: Kickoffs;
  readonly signatures: Signatures;
  readonly timeZone: string;
}

/** What a card of a kickoff is drawn with. */
export type CardServices = Omit<KickoffServices, 'signatures'>;
