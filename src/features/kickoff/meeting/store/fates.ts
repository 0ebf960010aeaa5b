import { and, notInArray, or, sql } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Fate } from '../../../../core/routes/keeping.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Kickoff, kickoffs } from '../../tables.ts';
import { momentText } from '../../texts.ts';
import type { State } from '../rules/states.ts';
import { requester, taker } from './own-kickoffs.ts';
import type { KickoffParts } from './records.ts';

export const ENDED: State[] = ['signed', 'cancelled'];
export const isLive = notInArray(kickoffs.state, ENDED);
const MOST_TOLD = 5;

/** The live meetings that a person asked for, or that are in a file that they were given. */
export const concerning = (from: Db, person: Person): Promise<Kickoff[]> =>
  from
    .select()
    .from(kickoffs)
    .where(
      and(
        isLive,
        or(
          isPerson(requester, person),
          sql`${kickoffs.acquisitionId} in (select m.acquisition_id from acquisition_members m
            where m.tenant_id = ${person.tenantId} and m.object_id = ${person.objectId})`,
        ),
      ),
    )
    .orderBy(kickoffs.acquisitionId);

export const asked = ({ requesterTenant, requesterId }: Kickoff, { tenantId, objectId }: Person): boolean =>
  requesterTenant === tenantId && requesterId === objectId;

/** What becomes of a meeting of a person who is erased; nothing where it is a colleague's already. */
function fateOf(row: Kickoff, person: Person, heirs: readonly Person[], timeZone: string): Fate | undefined {
  if (heirs.length > 0 && !asked(row, person)) return undefined;
  const when = row.startsAt && row.endsAt ? `, ${momentText(row.startsAt, row.endsAt, timeZone)}` : '';
  const noun = `rencontre de démarrage (nº ${row.number}, ${row.supplierName}${when})`;
  const becomes = (text: string) => [text, text] as const;
  const [first] = heirs;
  if (first)
    return {
      kind: 'goesOn',
      count: 1,
      noun: [noun, noun],
      becomes: becomes(
        `poursuivie par ${first.name} ; le moment, l’agenda et le lien du fournisseur restent, et le Courtier est avisé`,
      ),
    };
  return {
    kind: 'ends',
    count: 1,
    noun: [noun, noun],
    becomes: becomes(
      row.state === 'held'
        ? 'le Courtier est avisé que personne ne suit plus les étapes du contrat'
        : 'annulée et retirée de l’agenda ; le Courtier et le fournisseur sont avisés',
    ),
  };
}

/** How many live meetings a member of the staff looks after. */
const takenCount = (db: Db, person: PersonKey): Promise<number> =>
  db.$count(kickoffs, and(isLive, isPerson(taker, person)));

/** What becomes of the meetings of somebody who is erased, or of the staff no more. */
export const buildFates = (parts: KickoffParts) => ({
  takenCount: (person: PersonKey) => takenCount(parts.db, person),

  async fates(person: Person): Promise<readonly Fate[]> {
    const { db, files, timeZone } = parts;
    const found = await concerning(db, person);
    const first = found.slice(0, MOST_TOLD);
    const heirs = await files.heirs(
      first.map(({ acquisitionId }) => acquisitionId),
      person,
    );
    return [
      ...first.flatMap((row) => fateOf(row, person, heirs.get(row.acquisitionId) ?? [], timeZone) ?? []),
      {
        kind: 'goesOn',
        count: Math.max(0, found.length - MOST_TOLD),
        noun: ['autre rencontre de démarrage', 'autres rencontres de démarrage'],
        becomes: [
          'poursuivie par vos collègues, ou annulée et retirée de l’agenda',
          'poursuivies par vos collègues, ou annulées et retirées de l’agenda',
        ],
      },
      {
        kind: 'team',
        count: await takenCount(db, person),
        noun: ['rencontre de démarrage suivie', 'rencontres de démarrage suivies'],
        becomes: ['rendue à l’équipe', 'rendues à l’équipe'],
        command: 'rencontres',
      },
    ];
  },
});
