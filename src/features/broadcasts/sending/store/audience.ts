import { type SQL, sql } from 'drizzle-orm';
import type { Audience } from '../../../../core/ports.ts';
import { openFilesAudience } from '../../../acquisitions/index.ts';
import { type Concerned, subscribersAudience } from '../../../catalogue/index.ts';
import { contractsAudience } from '../../../contracts/index.ts';
import { membersAudience } from '../../../people/index.ts';

/** Whom a broadcast is for: any of these, each person and channel once. */
export interface AudienceChoice {
  /** Those who follow everything, and those who follow one of its categories or suppliers; all of them if it has none. */
  readonly subscribers: boolean;
  /** Every channel in which the assistant is installed. */
  readonly channels: boolean;
  /** The members of open acquisition files that it concerns; of all of them if it concerns nothing in particular. */
  readonly acquisitions: boolean;
  /** Those who follow contracts in force that it concerns; all of them if it concerns nothing in particular. */
  readonly contracts: boolean;
  /** The confirmed members of these bodies. */
  readonly organizations: readonly string[];
}

export const NOBODY: AudienceChoice = {
  subscribers: false,
  channels: false,
  acquisitions: false,
  contracts: false,
  organizations: [],
};

export const isNobody = ({ organizations, ...groups }: AudienceChoice): boolean =>
  !Object.values(groups).includes(true) && organizations.length === 0;

/** The recipients as of a day, as rows that the database reads itself. */
export function audienceOf(
  choice: AudienceChoice,
  concerned: Concerned,
  channels: Audience,
  today: Temporal.PlainDate,
): Audience {
  const parts: SQL[] = [
    ...(choice.subscribers ? [subscribersAudience(concerned)] : []),
    ...(choice.channels ? [channels] : []),
    ...(choice.acquisitions ? [openFilesAudience(concerned)] : []),
    ...(choice.contracts ? [contractsAudience(concerned, today)] : []),
    ...(choice.organizations.length > 0 ? [membersAudience(choice.organizations)] : []),
  ];
  return sql.join(parts, sql` union `);
}
