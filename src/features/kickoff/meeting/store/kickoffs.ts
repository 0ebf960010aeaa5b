import { isDeepStrictEqual } from 'node:util';
import { and, count, desc, eq, inArray, lt, ne } from 'drizzle-orm';
import type { z } from 'zod';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import {
  type AcquisitionFile,
  type ChoiceConclusion,
  type Files,
  requestFact,
  type Wanted,
} from '../../../acquisitions/index.ts';
import type { Contracts, Signed } from '../../../contracts/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { CLIENT_SIGNS, mayConfirm, type Party, STEPS } from '../../steps/rules.ts';
import { confirmations, type Kickoff, kickoffs, slots } from '../../tables.ts';
import { after, type Event, type State } from '../rules/states.ts';
import type { Details } from '../screens/schema.ts';
import { buildMoments, type MomentParts, NO_MEETING, type Outcome } from './moments.ts';
import { buildRecords } from './records.ts';
import { aboutOf, meetingOf } from './telling.ts';

export interface KickoffParts extends MomentParts {
  readonly contracts: Contracts;
  readonly files: Files;
}

/** What is known of a file's choice (guide 3.4). */
export interface Ground {
  readonly file: AcquisitionFile;
  /** What is still to be done before the meeting; empty when it may be asked for. */
  readonly missing: readonly string[];
  /** Where the choice stands. */
  readonly standing: ChoiceConclusion;
  readonly supplierId: string;
  readonly supplierName: string;
  readonly priceCents: string;
  readonly months: number | undefined;
  readonly needs: NonNullable<Wanted['needs']>;
  readonly rcti: boolean;
}

const ENDED: State[] = ['signed', 'cancelled'];

const ARCHIVED = 'Ce dossier est archivé : rouvrez-le pour le changer.';

export type Kickoffs = ReturnType<typeof buildKickoffs>;

/** The kickoff meeting and the eleven steps that lead from a choice to a signed contract (guide 3.5). */
export function buildKickoffs(parts: KickoffParts) {
  const { db, clock, audit, contracts, deliveries, files, notices, rules } = parts;
  const records = buildRecords(parts);
  const moments = buildMoments(parts, records);
  const { now, today, find, lock, forClient, write, confirmed, standing, confirmIn, roundOf } = records;
  const { unbook, advance, propose, choose, expire, move } = moments;

  /** Changes a kickoff that is still as it was seen. */
  async function change(
    person: Person,
    id: string,
    revision: number,
    event: Event,
    work: (tx: Tx, row: Kickoff) => Promise<Kickoff>,
  ): Promise<Outcome> {
    const { kind, row: kickoff } = await db.transaction((tx) =>
      records.change(tx, id, revision, async (row) => {
        if (!after(row.state, event)) return undefined;
        const changed = await work(tx, row);
        await audit.record(tx, person, `kickoff.${event}`, id);
        return changed;
      }),
    );
    return { kind, kickoff };
  }

  /** What the meeting stands on: the choice, and where required, its authorization. */
  async function ground(db: Db, id: string, person: PersonKey): Promise<Ground> {
    const file = await files.find(id, person, db);
    const { value: request } = await files.readFact(db, id, requestFact);
    const standing = await files.conclusion('choice', id, db);
    const { choice, missing, refusal, body } = standing;
    const left = [...new Set([...(refusal ? [refusal] : []), ...missing])];
    return {
      file,
      missing: file.state === 'open' ? left : [ARCHIVED],
      standing,
      supplierId: choice?.supplier ?? '',
      supplierName: choice?.name ?? '',
      priceCents: choice?.priceCents ?? '0',
      months: request?.durationMonths,
      needs: request?.needs ?? [],
      rcti: body?.bound === 'yes',
    };
  }

  files.concludes('contract', async (from, id) => {
    const noted = (await contracts.ofFile(id, from)) !== undefined;
    const row = await underWay(from, id);
    if (!row) return { done: noted, missing: [], noted };
    const current = (await standing(from, row.id)).find(({ state }) => state === 'current');
    return {
      done: current === undefined,
      missing: current ? [`Étape ${current.step.number} sur ${STEPS.length} : ${current.step.title}.`] : [],
      noted,
    };
  });

  /** The kickoff under way, or done, of a file. */
  async function underWay(from: Db, file: string): Promise<Kickoff | undefined> {
    const [row] = await from
      .select()
      .from(kickoffs)
      .where(and(eq(kickoffs.acquisitionId, file), ne(kickoffs.state, 'cancelled')));
    return row;
  }

  return {
    rules,
    today,
    find: (id: string) => find(db, id),
    forClient: (id: string, person: PersonKey) => forClient(id, person),

    ofFile: (file: string): Promise<Kickoff | undefined> => underWay(db, file),

    ground: (id: string, person: PersonKey): Promise<Ground> => ground(db, id, person),

    /** Asks for the meeting, or answers what the staff asked: one request of a file at a time. */
    request: (person: Person, fileId: string, details: Details, effect: Id): Promise<Kickoff> =>
      db.transaction(async (tx) => {
        await files.hold(tx, fileId);
        const known = await ground(tx, fileId, person);
        const [sent] = await tx
          .select()
          .from(kickoffs)
          .where(and(eq(kickoffs.id, effect), eq(kickoffs.acquisitionId, fileId)));
        if (sent) return sent;
        if (known.missing.length > 0)
          throw new CourtierError(
            'refused',
            known.missing[0] ?? 'La rencontre ne peut pas encore être demandée.',
          );
        const [held] = await tx
          .select()
          .from(kickoffs)
          .where(and(eq(kickoffs.acquisitionId, fileId), ne(kickoffs.state, 'cancelled')))
          .for('update');
        const { supplierId, supplierName, rcti } = known;
        if (held) {
          if (!after(held.state, 'answer'))
            throw new CourtierError(
              'refused',
              'La rencontre est déjà en cours : écrivez à l’équipe pour changer la demande.',
            );
          const answer = { details, supplierId, supplierName, rcti };
          if (held.state === 'requested' && isDeepStrictEqual({ ...held, ...answer }, held)) return held;
          const row = await write(tx, held, 'answer', answer);
          await notices.staff(tx, row, 'answered', `revision:${row.revision}`);
          return row;
        }
        const { tenantId: requesterTenant, objectId: requesterId, name: requesterName } = person;
        const [row] = await tx
          .insert(kickoffs)
          .values({
            id: effect,
            acquisitionId: fileId,
            supplierId,
            supplierName,
            rcti,
            details,
            requesterTenant,
            requesterId,
            requesterName,
            createdAt: now(),
            updatedAt: now(),
          })
          .returning();
        if (!row) throw new Error('kickoff not written');
        await confirmIn(tx, row, 1, 'client', person);
        await files.record(tx, fileId, person, `Rencontre de démarrage demandée avec ${supplierName}.`);
        await notices.staff(tx, row, 'requested', 'requested');
        return row;
      }),

    /** A page of the requests that are not ended, the latest change first. */
    async page(page: number, size: number): Promise<{ rows: Kickoff[]; total: number }> {
      const where = and(ne(kickoffs.state, 'cancelled'), ne(kickoffs.state, 'signed'));
      const [counted] = await db.select({ total: count() }).from(kickoffs).where(where);
      const rows = await db
        .select()
        .from(kickoffs)
        .where(where)
        .orderBy(desc(kickoffs.updatedAt))
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    /** Every kickoff whose steps go on, for finding what is late. */
    underWay: (): Promise<Kickoff[]> =>
      db
        .select()
        .from(kickoffs)
        .where(inArray(kickoffs.state, ['requested', 'asked', 'proposed', 'booked', 'held'])),

    standing: (row: Pick<Kickoff, 'id'>) => standing(db, row.id),
    confirmed: (row: Pick<Kickoff, 'id'>) => confirmed(db, row.id),
    /** The moments proposed now, in order. */
    slots: (row: Kickoff) => roundOf(db, row),
    propose,
    choose,
    advance,
    expire,
    move,

    /** A member of the staff looks after it from now on. */
    take: (staff: Person, id: string): Promise<Kickoff> =>
      db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (ENDED.includes(row.state)) throw notFound();
        const { tenantId: takenTenant, objectId: takenId, name: takenName } = staff;
        if (row.takenTenant === takenTenant && row.takenId === takenId) return row;
        await audit.record(tx, staff, 'kickoff.take', id);
        return write(tx, row, undefined, { takenTenant, takenId, takenName });
      }),

    /** Asks the client for more. */
    ask: (staff: Person, id: string, revision: number, question: string): Promise<Outcome> =>
      change(staff, id, revision, 'ask', async (tx, row) => {
        await confirmIn(tx, row, 2, 'broker', staff);
        const asked = await write(tx, row, 'ask', { question });
        await notices.client(tx, asked, 'asked', `asked:${asked.revision}`);
        return asked;
      }),

    /** Gives the meeting up: moments and reminders with it. The file may ask for another one. */
    cancel: (person: Person, id: string, revision: number): Promise<Outcome> =>
      change(person, id, revision, 'cancel', async (tx, row) => {
        await unbook(tx, row);
        await deliveries.cancel(tx, aboutOf(row));
        const cancelled = await write(tx, row, 'cancel', {});
        await notices.client(tx, cancelled, 'cancelled', 'cancelled');
        await notices.staff(tx, cancelled, 'cancelled', 'cancelled');
        return cancelled;
      }),

    /** What the calendar answered; forgotten when the meeting moved meanwhile. */
    async entered(id: string, slot: string, event: string, joinUrl: string | undefined): Promise<boolean> {
      const kept = await db
        .update(kickoffs)
        .set({ event, joinUrl: joinUrl ?? null })
        .where(and(eq(kickoffs.id, id), eq(kickoffs.slotId, slot), eq(kickoffs.state, 'booked')))
        .returning({ id: kickoffs.id });
      return kept.length === 1;
    },

    /** « A-t-elle eu lieu ? » : yes opens the next steps, no lets another hour be found. */
    tookPlace: (by: Person, id: string, slot: string, yes: boolean): Promise<Outcome> =>
      db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (row.state !== 'booked' || row.slotId !== slot) return { kind: 'stale', kickoff: row };
        if (!row.startsAt || row.startsAt > now())
          throw new CourtierError('refused', 'La rencontre n’a pas encore commencé.');
        await audit.record(tx, by, yes ? 'kickoff.held' : 'kickoff.missed', id);
        if (!yes) {
          await unbook(tx, row);
          const kickoff = await write(tx, row, 'release', NO_MEETING);
          await notices.staff(tx, kickoff, 'missed', `missed:${slot}`);
          return { kind: 'done', kickoff };
        }
        await deliveries.cancel(tx, meetingOf(row));
        await confirmIn(tx, row, 2, 'broker', by);
        await confirmIn(tx, row, 3, 'broker', by);
        const kickoff = await write(tx, row, 'hold', {});
        await tellTurn(tx, kickoff);
        return { kind: 'done', kickoff };
      }),

    /**
     * Confirms a party's part of the current step. What is not theirs, or not yet, changes nothing; nor does what they
     * confirmed before. The client signs only with what article 48 asks for: it is obtained before (guide 3.4.3). With
     * the last step, its duty of the contract is done too.
     */
    confirm: (party: Party, by: Person | string, id: string, step: number): Promise<Outcome> =>
      db.transaction<Outcome>(async (tx) => {
        await files.hold(tx, (await find(tx, id)).acquisitionId);
        const row = await lock(tx, id);
        if (await wasConfirmed(tx, row, step, party, by)) return { kind: 'done', kickoff: row };
        if (row.state !== 'held' || !mayConfirm(await standing(tx, id), step, party))
          return { kind: 'stale', kickoff: row };
        const contract = await contracts.ofFile(row.acquisitionId, tx);
        if (step === STEPS.length && !contract)
          throw new CourtierError('refused', 'Notez d’abord le contrat signé.');
        if (step === CLIENT_SIGNS) {
          const signedOn = today().toString();
          const { refusal } = await files.conclusion('choice', row.acquisitionId, tx, signedOn);
          if (refusal) throw new CourtierError('refused', refusal);
        }
        await confirmIn(tx, row, step, party, by);
        if (typeof by !== 'string') await audit.record(tx, by, `kickoff.step${step}.${party}`, id);
        const done = (await standing(tx, id)).every(({ state }) => state === 'done');
        const kickoff = await write(tx, row, done ? 'sign' : undefined, {});
        await tellTurn(tx, kickoff);
        // Its copy to the broker is a duty of the contract too.
        if (done && contract && typeof by !== 'string')
          await contracts.completeIn(tx, by, contract, 'copy', today().toString());
        return { kind: 'done', kickoff };
      }),

    /** The contract that came of it, once it is noted. */
    contractOf: (row: Kickoff) => contracts.ofFile(row.acquisitionId),

    /**
     * Notes the contract once both signed it: the eleventh step is then its copy to the broker. Refused without what
     * article 48 asked of its choice on the day of the signature (guide 3.4.3).
     */
    async sign(person: Person, id: string, signed: z.output<typeof Signed>, effect: Id): Promise<Outcome> {
      const seen = await forClient(id, person);
      const { acquisitionId: acquisition, supplierId: supplier, supplierName: name, rcti, details } = seen;
      const words = { supplier, rcti, title: await files.nameOf(acquisition), offers: details.components };
      const drafted = await contracts.draftContract(person, { ...signed, ...words }, { acquisition, name });
      return db.transaction<Outcome>(async (tx) => {
        await files.hold(tx, acquisition);
        const row = await lock(tx, id);
        if (row.state !== 'held' || !mayConfirm(await standing(tx, id), STEPS.length, 'client'))
          return { kind: 'stale', kickoff: row };
        const { refusal, body } = await files.conclusion('choice', acquisition, tx, signed.signedOn);
        if (refusal) throw new CourtierError('refused', refusal);
        const contract = { ...drafted, rcti: body?.bound === 'yes' };
        await contracts.noteContract(tx, person, effect, contract, await files.members(acquisition, tx));
        return { kind: 'done', kickoff: row };
      });
    },

    heldOf: ({ tenantId, objectId }: PersonKey) =>
      db
        .select({
          rencontre: kickoffs.number,
          etat: kickoffs.state,
          demande: kickoffs.details,
          le: kickoffs.createdAt,
        })
        .from(kickoffs)
        .where(and(eq(kickoffs.requesterTenant, tenantId), eq(kickoffs.requesterId, objectId))),

    /** The requests that a member of the staff has taken, and the steps that a person confirmed. */
    async doneBy({ tenantId, objectId }: PersonKey) {
      return {
        prises: await db
          .select({ rencontre: kickoffs.number, etat: kickoffs.state })
          .from(kickoffs)
          .where(and(eq(kickoffs.takenTenant, tenantId), eq(kickoffs.takenId, objectId))),
        etapes: await db
          .select({ rencontre: kickoffs.number, etape: confirmations.step, le: confirmations.at })
          .from(confirmations)
          .innerJoin(kickoffs, eq(kickoffs.id, confirmations.kickoffId))
          .where(and(eq(confirmations.tenantId, tenantId), eq(confirmations.objectId, objectId))),
      };
    },

    async erase(tx: Tx, { tenantId, objectId }: PersonKey): Promise<void> {
      const erased = 'Une personne effacée';
      await tx
        .update(kickoffs)
        .set({ requesterId: '', requesterName: erased })
        .where(and(eq(kickoffs.requesterTenant, tenantId), eq(kickoffs.requesterId, objectId)));
      await tx
        .update(kickoffs)
        .set({ takenTenant: null, takenId: null, takenName: null })
        .where(and(eq(kickoffs.takenTenant, tenantId), eq(kickoffs.takenId, objectId)));
      await tx
        .update(confirmations)
        .set({ objectId: '', by: erased })
        .where(and(eq(confirmations.tenantId, tenantId), eq(confirmations.objectId, objectId)));
    },

    /** Forgets cancelled requests after a year, and moments that were let go. */
    async purge(): Promise<void> {
      const before = asDate(clock.now().subtract({ hours: 24 * 365 }));
      await db.delete(kickoffs).where(and(eq(kickoffs.state, 'cancelled'), lt(kickoffs.updatedAt, before)));
      await db.delete(slots).where(and(eq(slots.state, 'released'), lt(slots.endsAt, before)));
    },
  };

  /** Whether a party's part of a step was confirmed by the same person, or by the supplier. */
  async function wasConfirmed(
    tx: Tx,
    { id }: Kickoff,
    step: number,
    party: Party,
    by: Person | string,
  ): Promise<boolean> {
    const found = (await confirmed(tx, id)).find((each) => each.step === step && each.party === party);
    return typeof by === 'string'
      ? found?.by === by
      : found?.tenantId === by.tenantId && found.objectId === by.objectId;
  }

  /** Tells whoever the current step waits for. */
  async function tellTurn(tx: Tx, row: Kickoff): Promise<void> {
    const current = (await standing(tx, row.id)).find(({ state }) => state === 'current');
    if (!current) {
      await notices.staff(tx, row, 'signed', 'signed');
      return;
    }
    const mark = `step:${current.step.number}`;
    if (current.waiting.includes('client')) await notices.client(tx, row, 'turn', mark);
    if (current.waiting.some((party) => party !== 'client')) await notices.staff(tx, row, 'turn', mark);
  }
}
