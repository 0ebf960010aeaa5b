import { isDeepStrictEqual } from 'node:util';
import { markOf } from '../../../../core/cards/showed.ts';
import type { Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Files } from '../../../acquisitions/index.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { Belonging, PersonKey, Quotas } from '../../../people/index.ts';
import { type Support, supportFact } from '../../rules/facts.ts';

export interface DossierPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly files: Files;
  readonly belonging: Belonging;
  readonly catalogue: CatalogueService;
  readonly days: BusinessDays;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** A change of what supports a choice, with its line in the file's journal. */
interface SupportChange {
  /** Of what was there before. */
  readonly sentence: string | ((before: Support) => string);
  /** As what it is counted. */
  readonly act?: string;
  readonly next: (support: Support) => Support;
  /** Before anything is read; refuses by throwing. */
  readonly check?: (tx: Tx) => Promise<void>;
}

const NOTHING: Support = { clarifications: [], trials: [], criteria: [] };
const MOST = 50;
const MEANWHILE =
  'Quelqu’un a changé cette note entre-temps. Ce que vous aviez écrit est resté : enregistrez-le de nouveau pour remplacer la sienne. Ce qui est noté :';

/** With one more item; the same as before when it is there already. */
export function added<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
  if (items.some(({ id }) => id === item.id)) return items;
  if (items.length >= MOST) throw new CourtierError('refused', `Un dossier en garde au plus ${MOST}.`);
  return [...items, item];
}

/** With one of the items changed, which must be there. */
export function changed<T extends { readonly id: string }>(
  items: readonly T[],
  id: string,
  change: Partial<T>,
): readonly T[] {
  if (!items.some((item) => item.id === id)) throw notFound();
  return items.map((item) => (item.id === id ? { ...item, ...change } : item));
}

/**
 * With what came of one of the items noted in it, as its form showed it; the same as before when it says so already.
 * Refused where somebody noted something else meanwhile.
 */
export function noted<T extends { readonly id: string }, K extends keyof T>(
  items: readonly T[],
  id: string,
  field: K,
  { text, showed, rest }: { readonly text: string; readonly showed: string; readonly rest?: Partial<T> },
): readonly T[] {
  const before = items.find((item) => item.id === id)?.[field];
  if (before === text) return items;
  if (markOf(before) !== showed) throw new CourtierError('refused', `${MEANWHILE} ${before ?? 'rien.'}`);
  return changed(items, id, { ...rest, [field]: text } as Partial<T>);
}

export type SupportRecords = ReturnType<typeof buildSupportRecords>;

/** What supports a choice, as its file keeps it. */
export function buildSupportRecords({ db, files, quotas }: DossierPorts) {
  return {
    async supportOf(id: string, person: PersonKey): Promise<Support> {
      await files.findFile(id, person);
      return (await files.readFact(db, id, supportFact)).value ?? NOTHING;
    },

    /** Changes the support, whoever else writes at the same time; nothing happens where it says so already. */
    changeSupport: (
      person: Person,
      id: string,
      { sentence, act, next, check }: SupportChange,
    ): Promise<void> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        await check?.(tx);
        const { value: before = NOTHING } = await files.readFact(tx, id, supportFact);
        const support = next(before);
        if (isDeepStrictEqual(support, before)) return;
        if (act) await quotas.spend(tx, person, act);
        await files.writeFact(tx, id, supportFact, support);
        await files.record(tx, id, person, typeof sentence === 'string' ? sentence : sentence(before));
      }),
  };
}
