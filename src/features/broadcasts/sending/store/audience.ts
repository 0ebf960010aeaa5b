import { type SQL, sql } from 'drizzle-orm';
import type { Audience } from '../../../../core/ports.ts';
import { openFilesAudience } from '../../../acquisitions/index.ts';
import { type Concerned, subscribersAudience } from '../../../catalogue/index.ts';
import { contractsAudience } from '../../../contracts/index.ts';
import { membersAudience } from '../../../people/index.ts';
import type { AudienceChoice } from '../../rules/audience.ts';

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
