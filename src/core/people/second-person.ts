import { or, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { CourtierError } from '../errors.ts';
import type { Db, Tx } from '../ports/db.ts';
import type { Audience, Deliveries } from '../ports/delivery.ts';
import type { proposalColumns } from '../rows/columns.ts';
import type { Changed } from '../rows/revised.ts';
import type { Person } from '../turn.ts';
import { isSame } from './chosen-person.ts';
import { isPerson } from './is-person.ts';
import type { PersonKey } from './person-key.ts';
import { recipientOf } from './recipient.ts';

/** What somebody wrote, and a second person is to approve: by whom, as it was seen. */
export interface Proposal extends PersonKey {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
}

/** How a kind of proposal is told: what names it in the ledger, its two notices, and what they say of it. */
export interface ProposalKind {
  /** `correction`: it names one in its notices too. */
  readonly noun: string;
  /** The notice for the staff's channel, and the one for whoever wrote it. */
  readonly approval: string;
  readonly decision: string;
}

/** Whoever decided of a proposal, as its row keeps them. */
export const reviewer = ({ tenantId, objectId, name }: Person) => ({
  reviewerTenant: tenantId,
  reviewerId: objectId,
  reviewerName: name,
});
export const NOBODY = { reviewerTenant: '', reviewerId: '', reviewerName: '' } as const;

/** Whether somebody may approve what another wrote. */
export const mayApprove = (author: PersonKey, person: PersonKey): boolean => !isSame(author, person);

/** A table of proposals: it has the columns of `proposalColumns`. */
type ProposalTable = PgTable & Readonly<Record<keyof ReturnType<typeof proposalColumns>, PgColumn>>;

const reviewers = ({ reviewerTenant, reviewerId }: ProposalTable) => ({
  tenantId: reviewerTenant,
  objectId: reviewerId,
});

/** The proposals that somebody wrote, or decided of. */
export const proposalsOf = (table: ProposalTable, person: PersonKey): SQL | undefined =>
  or(isPerson(table, person), isPerson(reviewers(table), person));

/** Proposals stay, without who wrote them or decided of them. */
export async function eraseFromProposals(tx: Tx, table: ProposalTable, person: PersonKey): Promise<void> {
  await tx.update(table).set({ objectId: '', name: '' }).where(isPerson(table, person));
  await tx
    .update(table)
    .set({ reviewerId: '', reviewerName: '' })
    .where(isPerson(reviewers(table), person));
}

/** How a second person is asked for something, and how its author learns what they decided. `staff`: who is asked. */
export function buildSecondPerson(
  { noun, approval, decision }: ProposalKind,
  deliveries: Deliveries,
  staff: Audience,
) {
  const aboutOf = ({ id }: Pick<Proposal, 'id'>) => `${noun}:${id}`;
  /** Once for each time that it is asked. */
  const askedAt = ({ id, revision }: Pick<Proposal, 'id' | 'revision'>) =>
    `${noun}:${id}/approval/${revision}`;

  return {
    /** Shows the staff's channel what waits for a second person. */
    askApproval: (tx: Tx, row: Proposal): Promise<void> =>
      deliveries.address(
        tx,
        { kind: approval, key: askedAt(row), about: aboutOf(row), subject: { [noun]: row.id } },
        staff,
      ),

    /** What the channel was shown of it, as it was then, is drawn as it stands now. */
    shownAgain: (tx: Tx, before: Proposal): Promise<void> =>
      before.state === 'proposed' ? deliveries.redraw(tx, askedAt(before)) : Promise.resolve(),

    /** Tells an author what somebody else decided. */
    async tellDecision(tx: Tx, row: Proposal, by: Person): Promise<void> {
      const { objectId, id, revision } = row;
      if (objectId === '' || !mayApprove(row, by)) return;
      const to = recipientOf(row);
      const key = `${aboutOf(row)}/decision/${revision}`;
      const subject = { [noun]: id, revision };
      await deliveries.address(tx, { kind: decision, key, about: aboutOf(row), subject }, [to]);
    },
  };
}

export type SecondPerson = ReturnType<typeof buildSecondPerson>;

/** What a row keeps of what a second person said. */
interface Reviewed extends Proposal {
  readonly reviewerTenant: string;
  readonly reviewerId: string;
  readonly reviewerName: string;
  readonly comment: string;
}

/** The rows of a kind of proposal, as `revisedRows` gives them. */
interface ProposalRows<R> {
  change(
    tx: Tx,
    id: string,
    seen: number | 'any',
    work: (row: R) => Promise<R | undefined>,
  ): Promise<Changed<R>>;
  write(tx: Tx, row: R, set: object): Promise<R>;
}

/** What the steps of a kind of proposal need. */
interface ProposalSteps<R> {
  readonly db: Db;
  readonly rows: ProposalRows<R>;
  readonly second: SecondPerson;
  /** Writes an act to the trail: `propose`, `approve`, `return`, `giveUp`. */
  readonly record: (tx: Tx, person: Person, act: string, row: R) => Promise<void>;
  /** Said to whoever would approve what they wrote. */
  readonly own: string;
}

/** How what waits for a second person is approved, given back, asked again and given up: `stale` when somebody was first. */
export function buildProposals<R extends Reviewed>({ db, rows, second, record, own }: ProposalSteps<R>) {
  /** Does something to one in some state, as it was seen. */
  const change = (
    id: string,
    revision: number,
    states: readonly string[],
    act: (tx: Tx, row: R) => Promise<R>,
  ): Promise<Changed<R>> =>
    db.transaction((tx) =>
      rows.change(tx, id, revision, async (row) => {
        if (!states.includes(row.state)) return undefined;
        const written = await act(tx, row);
        await second.shownAgain(tx, row);
        return written;
      }),
    );

  return {
    /** Asks a second person, in the transaction that wrote it. */
    async asked(tx: Tx, person: Person, row: R): Promise<void> {
      await record(tx, person, 'propose', row);
      await second.askApproval(tx, row);
    },

    /** Whoever wrote it asks again, once it was given back: as it is, or with what they `set`. */
    askAgain: (
      person: Person,
      id: string,
      revision: number,
      refused: string,
      set: object = {},
    ): Promise<Changed<R>> =>
      change(id, revision, ['returned'], async (tx, row) => {
        if (mayApprove(row, person)) throw new CourtierError('refused', refused);
        const again = await rows.write(tx, row, { ...set, state: 'proposed', comment: '', ...NOBODY });
        await record(tx, person, 'propose', again);
        await second.askApproval(tx, again);
        return again;
      }),

    /** Somebody else approves it, and it is done: `make` says what is written of it besides. */
    approve: (
      person: Person,
      id: string,
      revision: number,
      make: (tx: Tx, row: R) => Promise<object>,
    ): Promise<Changed<R>> =>
      change(id, revision, ['proposed'], async (tx, row) => {
        if (!mayApprove(row, person)) throw new CourtierError('refused', own);
        const approved = await rows.write(tx, row, { ...(await make(tx, row)), ...reviewer(person) });
        await record(tx, person, 'approve', approved);
        await second.tellDecision(tx, approved, person);
        return approved;
      }),

    /** Gives it back to whoever wrote it, with what is to be seen again. */
    giveBack: (person: Person, id: string, revision: number, comment: string): Promise<Changed<R>> =>
      change(id, revision, ['proposed'], async (tx, row) => {
        const returned = await rows.write(tx, row, { state: 'returned', comment, ...reviewer(person) });
        await record(tx, person, 'return', returned);
        await second.tellDecision(tx, returned, person);
        return returned;
      }),

    /** It is given up: nothing changes. */
    giveUp: (person: Person, id: string, revision: number): Promise<Changed<R>> =>
      change(id, revision, ['proposed', 'returned'], async (tx, row) => {
        const dropped = await rows.write(tx, row, { state: 'dropped' });
        await record(tx, person, 'giveUp', dropped);
        return dropped;
      }),
  };
}
