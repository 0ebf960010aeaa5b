import { isDeepStrictEqual } from 'node:util';
import { asked } from '../../../../core/cards/refused.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import {
  type AcquisitionFile,
  boundOf,
  type Choice,
  choiceFact,
  type Eligibility,
  exclusionOf,
} from '../../../acquisitions/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Comparison, compare } from '../../pricing/rules/comparison.ts';
import { type Authorization, authorizationFact } from '../../rules/facts.ts';
import { supplierName } from '../../texts.ts';
import { scenarioIn } from '../rules/sealed-record.ts';
import type { SeenChoice } from '../rules/seen-choice.ts';
import { type ChoiceStanding, chosenOf, standingOf } from '../rules/standing.ts';
import { CHOOSE } from '../rules/standing-texts.ts';
import { authorizedOf, type ChoosingPorts, type Ground, type Grounds } from './choice-ground.ts';
import { buildChoiceGuards } from './choice-guards.ts';
import type { Comparing, FileComparison } from './comparing.ts';
import { findSeal, type Sealing, type SealRow } from './sealing.ts';

/** A choice as it stands, for those who made it. */
export interface ChoiceView extends Ground {
  readonly file: AcquisitionFile;
  /** Of today; undefined while a question that makes it is open. */
  readonly comparison: Comparison | undefined;
  readonly changes: readonly string[];
  readonly movers: readonly string[];
}

const CONFIRM = 'Votre choix est à confirmer : ce sur quoi il repose a changé. Ouvrez-le d’abord.';

const UNNEEDED =
  'Ce choix ne demande pas d’autorisation du dirigeant : il n’y a rien à justifier. Voyez le choix tel qu’il est.';

/** A choice of a supplier that was authorized, then given up, and that stands as it was; undefined where none does. */
async function authorizedBefore(
  tx: Tx,
  id: string,
  supplier: string,
  { authorization, present }: Ground,
): Promise<Choice | undefined> {
  const choice = authorization?.choice;
  if (choice?.supplier !== supplier) return undefined;
  const seal = await findSeal(tx, id, choice.seal);
  const standing = seal && standingOf(choice, seal.record, authorizedOf(authorization), present);
  return standing?.authorized && standing.changes.length === 0 ? choice : undefined;
}

/** What the card showed of the choice that it replaces, and whether what is asked first is meant. */
interface Choosing {
  readonly seen?: SeenChoice;
  readonly meant?: boolean;
}

/** Choosing a supplier, and keeping the choice (guide 3.4.2 and 3.4.3). */
export function buildChoosing(
  ports: ChoosingPorts,
  { comparisonOf, sealIn }: Comparing & Sealing,
  { groundOf, textsOf, moversOf }: Grounds,
) {
  const { db, clock, files } = ports;
  const { mustNotBeUnderWay, unseenIn } = buildChoiceGuards(ports);
  const today = (): string => brokerDate(clock.now()).toString();

  return {
    /** The choice of a file as it stands. */
    async chosen(id: string, person: PersonKey): Promise<ChoiceView> {
      const file = await files.findFile(id, person);
      const ground = await groundOf(db, id);
      const { request, fiches } = ground.present;
      return {
        ...ground,
        file,
        comparison: request && compare(request, fiches),
        changes: textsOf(ground),
        movers: await moversOf(db, id, ground),
      };
    },

    /**
     * Chooses a supplier on the comparison of today, which is sealed with the choice, or keeps the one that is chosen.
     * Chosen twice, the first stays as long as nothing moved. `meant`: another one than that which is
     * authorized, or the same one whose authorization does not go on. Where the card did not show the choice that is
     * replaced, or showed another price (`seen`), it is asked first.
     */
    choose: (
      person: Person,
      id: string,
      supplier: string,
      { seen = {}, meant = false }: Choosing = {},
    ): Promise<void> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const held = await comparisonOf(id, person, tx);
        const ground = await groundOf(tx, id);
        const { choice: before, standing, eligibility, authorization } = ground;
        if (!eligibility)
          throw new CourtierError(
            'refused',
            'Dites d’abord quel genre d’organisation vous êtes : la règle d’autorisation en dépend.',
          );
        const excluded = exclusionOf(eligibility);
        if (excluded) throw new CourtierError('refused', excluded);
        const keeps = before?.supplier === supplier;
        if (keeps && standing?.changes.length === 0) return;
        if (!held.comparison.suppliers.some((each) => each.supplier === supplier))
          throw new CourtierError(
            'refused',
            'Ce fournisseur n’a pas de scénario qui couvre tous vos besoins.',
          );
        await mustNotBeUnderWay(tx, id, keeps);
        const authorized = standing?.authorized ? authorization : undefined;
        // A card that says what it showed is drawn again with what is so now: to send that is to mean it.
        const meantUnseen = meant && seen.showed === undefined;
        const unseen = meantUnseen ? [] : await unseenIn(tx, id, person, seen, { before, held, supplier });
        if (before && authorized && !keeps && (!meant || unseen.length > 0))
          throw asked([...unseen, noLonger(authorized, before)].join(' '));
        const back = await authorizedBefore(tx, id, supplier, ground);
        const sealed = back ? undefined : await sealIn(tx, person, held);
        const kept = keeps && before && standing ? await findSeal(tx, id, before.seal) : undefined;
        const same = before && standing && kept && sealed && sameScenario(standing, kept, sealed, supplier);
        const gone = before && authorized && keeps && !same && standing?.demand !== 'nothing';
        if (gone && (!meant || unseen.length > 0)) throw asked([...unseen, goneWith(authorized)].join(' '));
        if (unseen.length > 0) throw asked(unseen.join(' '));
        const choice = back ?? choiceOf(supplier, held, sealed, eligibility, same ? before.on : today());
        await files.writeFact(tx, id, choiceFact, choice);
        await files.concern(tx, id, 'suppliers', [supplier]);
        // The authorization is for the choice that is given up: it is kept with it. The same scenario keeps it.
        if (before && authorized)
          await files.writeFact(
            tx,
            id,
            authorizationFact,
            same ? { ...authorized, seal: choice.seal } : { ...authorized, choice: before },
          );
        const sentence = keeps ? `Choix gardé : ${choice.name}.` : `Choix : ${choice.name}.`;
        const again = back
          ? ' L’autorisation du dirigeant compte de nouveau.'
          : same && authorized
            ? ' L’autorisation du dirigeant compte toujours.'
            : '';
        await files.record(tx, id, person, `${sentence}${again}`, { about: 'choice' });
      }),

    /** The choice that a document for the head of the body is about; refused while it is to confirm, or asks for no authorization. */
    justifiable: (id: string, person: PersonKey): Promise<{ held: FileComparison; choice: Choice }> =>
      db.transaction(async (tx) => {
        await files.findFile(id, person, tx);
        await files.holdFile(tx, id);
        const { choice, standing } = await groundOf(tx, id);
        if (!choice || !standing) throw new CourtierError('refused', CHOOSE);
        if (standing.changes.length > 0) throw new CourtierError('refused', CONFIRM);
        if (standing.demand !== 'authorization') throw new CourtierError('refused', UNNEEDED);
        return { held: await comparisonOf(id, person, tx), choice };
      }),
  };
}

/** Said to whoever is about to choose another supplier than the one that the head of the body authorized. */
const noLonger = ({ reference, date }: Authorization, { name }: Choice): string =>
  `L’autorisation du dirigeant ${reference}, du ${frenchDay(date)}, est notée pour le choix : ${name}. Elle ne vaut pour aucun autre. Choisissez-vous un autre fournisseur ?`;

/** Said to whoever is about to keep a choice that is no longer the one that the head of the body authorized. */
const goneWith = ({ reference, date }: Authorization): string =>
  `L’autorisation du dirigeant ${reference}, du ${frenchDay(date)}, est notée pour ce choix tel qu’il était. Elle ne vaudra plus : il en faudra une nouvelle. Gardez-vous ce choix ?`;

/** Whether only the fiche's other words changed under a choice: the same needs, offers, prices and rule, whose authorization goes on. */
const sameScenario = ({ changes }: ChoiceStanding, kept: SealRow, now: SealRow, supplier: string): boolean =>
  changes.every(({ kind }) => kind === 'fiche') &&
  isDeepStrictEqual(scenarioIn(kept.record, supplier), scenarioIn(now.record, supplier));

function choiceOf(
  supplier: string,
  { comparison, fiches }: FileComparison,
  seal: SealRow | undefined,
  eligibility: Eligibility,
  on: string,
): Choice {
  const { kind } = eligibility;
  const chosen = seal && chosenOf(supplier, comparison, { seal: seal.id, on });
  if (!chosen) throw new Error(`no scenario of ${supplier}`);
  return {
    supplier,
    name: supplierName(fiches, supplier),
    seal: chosen.seal,
    priceCents: chosen.priceCents,
    gapCents: chosen.gapCents,
    lowest: chosen.gapCents === '0',
    on,
    kind,
    bound: boundOf(eligibility),
  };
}
