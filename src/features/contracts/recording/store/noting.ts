import { eq, inArray } from 'drizzle-orm';
import { wrongField } from '../../../../core/cards/refused.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { batched } from '../../../../core/rows/batched.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import { plainDate } from '../../../../core/time/days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Files } from '../../../acquisitions/index.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { New } from '../../screens/schema.ts';
import { type Contract, contracts, contractsNow } from '../../tables.ts';
import { checkSigned } from '../rules/term.ts';
import { askOfSame } from './noted-twice.ts';
import type { RecordParts, Records } from './records.ts';

/** Where a contract comes from, when it is from an acquisition file. */
interface Origin {
  readonly acquisition?: string;
  /** The supplier's name, as it was chosen. */
  readonly name?: string;
}

/** What a contract that is to be noted holds. */
export type Draft = Omit<
  typeof contracts.$inferInsert,
  'id' | 'number' | 'revision' | 'organizationId' | 'createdTenant' | 'createdId' | 'createdAt' | 'updatedAt'
>;

const OTHER_SUPPLIER =
  'Ce n’est pas le fournisseur choisi dans le dossier. Choisissez-le, ou décochez « C’est le contrat de ce dossier ».';

/** The supplier that was chosen is in no fiche in force. */
export const NO_SUPPLIER = 'Choisissez un fournisseur du Catalogue.';

const contractsOfFiles = batched(
  (from, files) => from.select().from(contractsNow).where(inArray(contractsNow.acquisitionId, files)),
  ({ acquisitionId }) => acquisitionId,
);

/** Noting a signed contract, once. */
export function buildNoting(
  {
    db,
    belonging,
    catalogue,
    files,
  }: RecordParts & { readonly catalogue: CatalogueService; readonly files: Files },
  { audit, quotas, now, today, findIn, readIn, follow }: Records,
) {
  /** The contract that an acquisition file led to. */
  async function ofFile(acquisitionId: string, from: Db = db): Promise<Contract | undefined> {
    return (await contractsOfFiles(from, acquisitionId))[0];
  }

  /** What a new contract holds. Refused where its dates cannot be, or without a supplier of the Catalogue. */
  async function draftContract(
    { supplier, amount, ...facts }: New,
    { acquisition, name }: Origin = {},
  ): Promise<Draft> {
    checkSigned(
      {
        signedOn: plainDate(facts.signedOn),
        startsOn: plainDate(facts.startsOn),
        endsOn: plainDate(facts.endsOn),
      },
      today(),
    );
    const supplierName = name ?? (await catalogue.current()).supplier(supplier)?.supplier.name;
    if (!supplierName) throw wrongField('supplier', NO_SUPPLIER);
    return {
      ...facts,
      supplierId: supplier,
      supplierName,
      amountCents: amount,
      acquisitionId: acquisition ?? null,
    };
  }

  /**
   * Notes a contract, whose author and whoever shared the file are reminded of its duties. The same effect twice is one.
   * Unless another is `meant`, it is asked first where the body has one of the same supplier and day.
   */
  async function noteContract(
    tx: Tx,
    person: Person,
    effect: Id,
    drafted: Draft,
    { others = [], meant = true }: { readonly others?: readonly PersonKey[]; readonly meant?: boolean } = {},
  ): Promise<Contract> {
    const { tenantId: createdTenant, objectId: createdId } = person;
    // Looked for before it is written: a number that was taken for nothing would be missing.
    await serialize(tx, 'contract', drafted.acquisitionId ?? effect);
    const [known] = await tx.select().from(contractsNow).where(eq(contractsNow.id, effect));
    if (known) return findIn(tx, effect, person);
    const organizationId = (await belonging.heldBodyOf(tx, person))?.id ?? null;
    if (drafted.acquisitionId && (await ofFile(drafted.acquisitionId, tx)))
      throw new CourtierError('refused', 'Le contrat de ce dossier est déjà noté.');
    if (!meant) await askOfSame(tx, { organizationId, person }, drafted);
    await quotas.spend(tx, person, 'contracts.create');
    await tx.insert(contracts).values({
      id: effect,
      ...drafted,
      organizationId,
      createdTenant,
      createdId,
      createdAt: now(),
      updatedAt: now(),
    });
    for (const each of [person, ...others]) await follow(tx, effect, each);
    await audit.record(tx, person, 'contract.create', effect);
    return readIn(tx, effect);
  }

  return {
    ofFile,
    draftContract,
    noteContract,

    /** Notes a signed contract, which one is reminded of; the same effect twice is one contract. */
    async create(
      person: Person,
      words: New,
      effect: Id,
      { meant = true, ...from }: Origin & { readonly meant?: boolean } = {},
    ): Promise<Contract> {
      const drafted = await draftContract(words, from);
      return db.transaction((tx) => noteContract(tx, person, effect, drafted, { meant }));
    },

    /**
     * Notes a signed contract of a file that the person sees: refused where the file has another supplier, or without what article 48
     * asked of its choice on the day of the signature (guide 3.4.3).
     */
    async createOfFile(
      person: Person,
      words: New,
      effect: Id,
      file: string,
      { meant = true }: { readonly meant?: boolean } = {},
    ): Promise<Contract> {
      const drafted = await draftContract(words, { acquisition: file });
      return db.transaction(async (tx) => {
        await files.lock(tx, file, person);
        const { choice, refusal } = await files.conclusion('choice', file, tx, words.signedOn);
        if (choice?.supplier !== words.supplier) throw wrongField('supplier', OTHER_SUPPLIER);
        if (refusal) throw new CourtierError('refused', refusal);
        await files.entrust(tx, file, person);
        const others = await files.members(file, tx);
        return noteContract(tx, person, effect, drafted, { others, meant });
      });
    },
  };
}
