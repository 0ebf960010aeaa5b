import { or, sql } from 'drizzle-orm';
import { type Id, newId } from '../../../../core/id.ts';
import type { House } from '../../../../core/manifest.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Afterwards } from '../../../../core/process/afterwards.ts';
import type { Fate } from '../../../../core/routes/keeping.ts';
import type { Persons, Retention } from '../../../../core/rows/retention.ts';
import { untilText } from '../../../../core/rows/retention-text.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Periods } from '../../../../core/time/periods.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { staffAudience } from '../../organizations/store/audience.ts';
import { type Farewell, type Leaving, tellErasure } from '../../organizations/store/leaving.ts';

/** Rows that name somebody, of one kind. */
export interface Naming {
  readonly count: number;
  readonly noun: readonly [string, string];
  readonly erased: Persons['erased'];
  /** Until when they stay, and why they are there, in words. */
  readonly until: string;
  readonly why: string;
}

/** All that erasing somebody would do, as it stands. */
export interface ErasureStanding {
  readonly naming: readonly Naming[];
  readonly fates: readonly Fate[];
}

export interface PrivacyParts {
  readonly db: Db;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly house: House;
  readonly leaving: Leaving;
  readonly periods: Periods;
  readonly afterwards: Pick<Afterwards, 'settle'>;
}

/** The right of access and of erasure, over everything that the features declare to hold about a person. */
export function buildPrivacy({ db, audit, deliveries, house, leaving, periods, afterwards }: PrivacyParts) {
  async function namingOf(person: Person, retention: Retention, persons: Persons): Promise<Naming> {
    const all = { retentions: house.retentions(), holds: house.holds(), periods };
    const theirs = or(...persons.named.map((columns) => isPerson(columns, person)));
    return {
      count: await db.$count(retention.table, theirs ?? sql`false`),
      noun: persons.noun,
      erased: persons.erased,
      until: untilText(retention, all),
      why: retention.why,
    };
  }

  async function named(person: Person): Promise<Naming[]> {
    const naming: Naming[] = [];
    for (const retention of house.retentions())
      if (retention.persons) naming.push(await namingOf(person, retention, retention.persons));
    return naming.filter(({ count }) => count > 0);
  }

  async function fatesOf(person: Person): Promise<Fate[]> {
    const fates: Fate[] = [];
    for (const route of house.privacies())
      fates.push(...(await route.fates(person)).filter(({ count }) => count > 0));
    return fates;
  }

  return {
    /** Everything held, by feature. */
    async held(person: Person): Promise<Readonly<Record<string, unknown>>> {
      const parts: Record<string, unknown> = {};
      for (const route of house.privacies()) parts[route.title] = await route.export(person);
      return parts;
    },

    /** What names somebody now, of every feature: how much, why, until when. */
    named,

    /** What would go, what would stay, until when, and what would become of what is alive. */
    async standing(person: Person): Promise<ErasureStanding> {
      const left = leftBehind(await leaving.farewell(person));
      return {
        naming: await named(person),
        fates: [...left, ...(await fatesOf(person))],
      };
    },

    /**
     * All or nothing: one transaction for every feature, for what others are told, and for the trace that it was asked
     * for. Under the same effect it is done once: who came back since is not erased again.
     */
    async erase(person: Person, effect: Id = newId()): Promise<void> {
      // What still waits to be written about them must not come after.
      await afterwards.settle();
      const farewell = await leaving.farewell(person);
      const begun = (await fatesOf(person)).flatMap(({ kind, noun, count, command }) =>
        kind === 'team' && command ? [{ noun, count, command }] : [],
      );
      await db.transaction(async (tx) => {
        // Nobody is confirmed meanwhile, nor asks for another body.
        await serialize(tx, 'membership', person.tenantId, person.objectId);
        if (!(await audit.once(tx, person, 'privacy.erase', effect))) return;
        for (const route of house.erasings()) await route.erase(tx, person);
        if (farewell) await tellErasure(tx, deliveries, farewell);
        if (begun.length > 0) {
          const about = `erasure:${effect}`;
          const notice = { kind: 'people.teamLeft', key: about, about, subject: { things: begun } };
          await deliveries.address(tx, notice, staffAudience(deliveries));
        }
      });
    },
  };
}

/** What stays with somebody's body: with their colleagues, or with nobody while the broker finds somebody. */
function leftBehind(farewell: Farewell | undefined): Fate[] {
  if (!farewell) return [];
  const { made, orphaned } = farewell;
  const alone = orphaned.length > 0;
  const [one, several] = alone
    ? [
        'de votre organisation y reste ; le Courtier est avisé que plus personne n’agit pour elle',
        'de votre organisation y restent ; le Courtier est avisé que plus personne n’agit pour elle',
      ]
    : [
        'de votre organisation y reste, à vos collègues, qui en sont avisés',
        'de votre organisation y restent, à vos collègues, qui en sont avisés',
      ];
  return (alone ? orphaned : made).map(({ noun, count }) => ({
    kind: 'goesOn',
    count,
    noun,
    becomes: [one, several],
  }));
}

export type Privacy = ReturnType<typeof buildPrivacy>;
