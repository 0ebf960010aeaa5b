import { type SQL, sql } from 'drizzle-orm';
import type { Audience, Deliveries } from '../../../../core/ports/delivery.ts';
import { openFilesAudience } from '../../../acquisitions/index.ts';
import { type Concerned, subscribersAudience } from '../../../catalogue/index.ts';
import { contractsAudience } from '../../../contracts/index.ts';
import { membersAudience, staffRoomOf, withoutStaffRoom } from '../../../people/index.ts';
import { listedAudience } from '../../lists/store/lists.ts';
import type { AudienceChoice } from '../../rules/audience.ts';

/** The recipients as of a day, at least a part of them, as rows that the database reads itself. */
export function audienceOf(
  choice: AudienceChoice,
  concerned: Concerned,
  { channels, rooms, people }: Pick<Deliveries, 'channels' | 'rooms' | 'people'>,
  today: Temporal.PlainDate,
): Audience {
  const { lists = [] } = choice;
  const parts: SQL[] = [
    ...(choice.subscribers ? [subscribersAudience(concerned)] : []),
    ...(choice.channels ? [channels] : []),
    ...(choice.acquisitions ? [openFilesAudience(concerned)] : []),
    ...(choice.contracts ? [contractsAudience(concerned, today)] : []),
    ...(choice.organizations.length > 0 ? [membersAudience(choice.organizations)] : []),
    ...(choice.installed ? [people] : []),
    ...(lists.length > 0 ? [listedAudience(lists)] : []),
  ];
  // What the team tells others is not told to the team, unless it means to.
  const others = parts.length > 0 ? [withoutStaffRoom(sql.join(parts, sql` union `))] : [];
  return sql.join([...others, ...(choice.staffChannel ? [staffRoomOf(rooms)] : [])], sql` union `);
}
