import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { wrongField } from '../../../../core/cards/refused.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import { plainDate } from '../../../../core/time/days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Files } from '../../../acquisitions/index.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { New } from '../../screens/schema.ts';
import { amendments, type Contract, contracts, dutiesDone, invoices } from '../../tables.ts';
import { type CorrectionGround, checkCorrection, type Evaluated } from '../rules/correction.ts';
import { NO_SUPPLIER } from './noting.ts';
import { END_MOVED, type Followed, type Records } from './records.ts';

/** A contract as it was noted: without what its amendments and its termination make of it. */
export type Signed = typeof contracts.$inferSelect;

/** Of a contract that is held: how far it was evaluated. */
type ReadsEvaluated = (from: Db, contract: string) => Promise<Evaluated>;

/** What became of a correction: `asks` when the contract now asks about what was due before it was noted. */
type CorrectionOutcome = 'done' | 'asks' | 'stale';

interface Parts {
  readonly catalogue: CatalogueService;
  readonly files: Files;
  readonly queue: Queue;
}

const OTHER_SUPPLIER = 'Ce contrat vient d’un dossier : son fournisseur est celui qui y a été choisi.';

const restOf = ({ supplierId, rcti, signedOn, startsOn, endsOn }: Facts) => ({
  supplierId,
  rcti,
  signedOn: plainDate(signedOn),
  startsOn: plainDate(startsOn),
  endsOn: plainDate(endsOn),
});

/** What a correction may change. */
type Facts = Pick<
  Signed,
  'title' | 'supplierId' | 'offers' | 'signedOn' | 'startsOn' | 'endsOn' | 'amountCents' | 'rcti'
>;

const factsOf = ({ supplier: supplierId, amount: amountCents, ...facts }: New): Facts => ({
  ...facts,
  supplierId,
  amountCents,
});

const saysSame = (row: Facts, wanted: Facts): boolean =>
  (Object.keys(wanted) as (keyof Facts)[]).every((field) => row[field] === wanted[field]);

async function signed(from: Db, id: string): Promise<Signed> {
  const [row] = await from.select().from(contracts).where(eq(contracts.id, id));
  if (!row) throw notFound();
  return row;
}

/** The first day of which something was noted; `done_on` of what has no day of its own says nothing. */
async function firstNoted(tx: Tx, { id, terminationNoticeOn }: Contract): Promise<string | null> {
  const [paid] = await tx
    .select({ on: sql<string | null>`min(${invoices.paidOn})::text` })
    .from(invoices)
    .where(eq(invoices.contractId, id));
  const [amended] = await tx
    .select({
      on: sql<
        string | null
      >`min(least(${amendments.askedOn}, ${amendments.validatedOn}, ${amendments.signedOn}))::text`,
    })
    .from(amendments)
    .where(eq(amendments.contractId, id));
  const [done] = await tx
    .select({ on: sql<string | null>`min(${dutiesDone.doneOn})::text` })
    .from(dutiesDone)
    .where(and(eq(dutiesDone.contractId, id), isNull(dutiesDone.whyNot), eq(dutiesDone.undated, false)));
  const days = [paid?.on, amended?.on, done?.on, terminationNoticeOn].filter((on) => typeof on === 'string');
  return days.sort()[0] ?? null;
}

/** What was due before the contract was noted, and that nobody said anything of. */
const unanswered = ({ duties, done }: Followed): string[] =>
  duties.filter(({ id, unsaid }) => unsaid && !done.has(id)).map(({ id }) => id);

/** What was noted of a contract, put right by those who see it: all that follows from it is drawn anew. */
export function buildCorrecting({ catalogue, files, queue }: Parts, records: Records) {
  const { db, audit, today, find, changing, followed, readIn, touch } = records;
  let submitted: ReadsEvaluated = async () => 'no';

  const evaluatedOf = async (from: Db, { id, finalSignedOn }: Signed): Promise<Evaluated> =>
    finalSignedOn ? 'final' : submitted(from, id);

  async function groundOf(tx: Tx, contract: Contract, row: Signed): Promise<CorrectionGround> {
    const ends = await tx
      .select({ end: amendments.newEnd })
      .from(amendments)
      .where(
        and(eq(amendments.contractId, row.id), isNotNull(amendments.signedOn), isNotNull(amendments.newEnd)),
      );
    const first = await firstNoted(tx, contract);
    return {
      today: today(),
      evaluated: await evaluatedOf(tx, row),
      firstNoted: first ? plainDate(first) : undefined,
      amendedEnds: ends.flatMap(({ end }) => (end ? [plainDate(end)] : [])),
      terminatedOn: contract.terminatedOn ? plainDate(contract.terminatedOn) : undefined,
    };
  }

  /** The supplier is the one of the file, and article 48 was met on the day of the signature (guide 3.4.3), while there is a file. */
  async function checkFile(tx: Tx, row: Signed, { supplierId, signedOn }: Facts): Promise<void> {
    if (!row.acquisitionId || (supplierId === row.supplierId && signedOn === row.signedOn)) return;
    const { choice, refusal } = await files.conclusion('choice', row.acquisitionId, tx, signedOn);
    if (!choice) return;
    if (supplierId !== row.supplierId && supplierId !== choice.supplier)
      throw wrongField('supplier', OTHER_SUPPLIER);
    if (signedOn !== row.signedOn && refusal) throw new CourtierError('refused', refusal);
  }

  return {
    /** How far a contract was evaluated is for the feature that evaluates to say, once, when it is built. */
    evaluatedSays(reader: ReadsEvaluated): void {
      submitted = reader;
    },

    /** How far a contract, which is held, was evaluated by what was submitted. */
    submittedOf: (from: Db, id: string): Promise<Evaluated> => submitted(from, id),

    /** A contract as it was noted, for whoever sees it, with how far it was evaluated. */
    async asNoted(id: string, person: PersonKey): Promise<{ row: Signed; evaluated: Evaluated }> {
      await find(id, person);
      const row = await signed(db, id);
      return { row, evaluated: await evaluatedOf(db, row) };
    },

    /**
     * Puts right what was noted of the contract as it was seen. The same words again write nothing. `unties`: it is not
     * the contract of the file that it was noted for, whose own may then be noted.
     */
    async correct(
      person: Person,
      id: string,
      revision: number,
      words: New,
      { unties = false }: { readonly unties?: boolean } = {},
    ): Promise<CorrectionOutcome> {
      const named = (await catalogue.current()).supplier(words.supplier)?.supplier.name;
      return changing(person, id, async (tx, contract) => {
        const row = await signed(tx, id);
        const wanted = factsOf(words);
        const untied = unties && row.acquisitionId !== null;
        if (saysSame(row, wanted) && !untied) return 'done';
        if (row.revision !== revision) return 'stale';
        const supplierName = wanted.supplierId === row.supplierId ? row.supplierName : named;
        if (!supplierName) throw wrongField('supplier', NO_SUPPLIER);
        checkCorrection(restOf(row), restOf(wanted), await groundOf(tx, contract, row));
        if (!untied) await checkFile(tx, row, wanted);
        const asked = unanswered(await followed(tx, contract));
        await touch(tx, id, { ...wanted, supplierName, ...(untied ? { acquisitionId: null } : {}) });
        await audit.record(tx, person, 'contract.correct', id);
        if (untied) await audit.record(tx, person, 'contract.untie', id);
        await queue.publish(tx, END_MOVED, { contract: id });
        await queue.publish(tx, RECALLS_CHANGED, {});
        const asks = unanswered(await followed(tx, await readIn(tx, id)));
        return asks.some((duty) => !asked.includes(duty)) ? 'asks' : 'done';
      });
    },
  };
}
