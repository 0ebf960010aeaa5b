import { and, sql } from 'drizzle-orm';
import { notFound } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { House } from '../../../../core/manifest.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import type { Links } from '../../links/store/downloads.ts';
import type { PageLinks } from '../../links/store/page-links.ts';
import { staffAudience } from '../../organizations/store/audience.ts';
import type { Things } from '../../organizations/store/leaving.ts';
import { people as table } from '../../tables.ts';
import type { People, PersonKey } from './people.ts';

interface WithdrawingParts {
  readonly db: Db;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly people: People;
  readonly links: Links;
  readonly pageLinks: PageLinks;
  readonly charges: House['charges'];
}

export type Withdrawing = ReturnType<typeof buildWithdrawing>;

/** Somebody is of the staff no more: what they looked after is handed over, and the links that they made end. */
export function buildWithdrawing(parts: WithdrawingParts) {
  const { db, audit, deliveries, people, links, pageLinks, charges } = parts;

  /** What a member of the staff looks after, and the links that they made, which hold. */
  async function underWay(person: PersonKey): Promise<Things[]> {
    const things = await Promise.all(
      charges().map(async ({ noun, command, count }) => ({ noun, command, count: await count(person) })),
    );
    const made = {
      noun: ['lien donné', 'liens donnés'] as const,
      command: 'liens',
      count: await pageLinks.madeCount(person),
    };
    return [...things, made].filter(({ count }) => count > 0);
  }

  /** Who takes over, who must be of the staff at this moment: held, so that they stay so until it is done. */
  async function heirOf(tx: Tx, heir: PersonKey | undefined): Promise<Person | undefined> {
    if (!heir) return undefined;
    const [row] = await tx
      .select({ tenantId: table.tenantId, objectId: table.objectId, name: table.name })
      .from(table)
      .where(and(isPerson(table, heir), sql`${table.role} <> 'client'`))
      .for('share');
    if (!row) throw notFound();
    return row;
  }

  return {
    underWay,

    /**
     * Withdraws the role, hands over what was under way to a colleague or to the team, ends the links, and tells the
     * team, in one transaction. Nothing where the role is withdrawn already.
     */
    async withdraw(by: Person, leaver: Person, heirKey: PersonKey | undefined, effect: Id): Promise<void> {
      const things = await underWay(leaver);
      await db.transaction(async (tx) => {
        const heir = await heirOf(tx, heirKey);
        if (!(await people.setRole(tx, leaver, 'client'))) return;
        await audit.record(tx, by, 'role.client', leaver.objectId);
        for (const { hand } of charges()) await hand(tx, leaver, heir);
        await pageLinks.endMadeBy(tx, by, leaver);
        await links.erase(tx, leaver);
        if (things.length === 0) return;
        const about = `role:${effect}`;
        const { tenantId, objectId } = leaver;
        const subject = { tenantId, objectId, handed: heir !== undefined, things };
        await deliveries.address(
          tx,
          { kind: 'people.roleWithdrawn', key: about, about, subject },
          staffAudience(deliveries),
        );
      });
    },
  };
}
