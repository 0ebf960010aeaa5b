import { brokerDate } from '../../core/business-days.ts';
import { frenchDateTime, frenchDay } from '../../core/clock.ts';
import { CourtierError } from '../../core/errors.ts';
import type { Db, Tx } from '../../core/ports.ts';
import type { Person } from '../../core/turn.ts';
import {
  type AcquisitionFile,
  boundOf,
  type Choice,
  type ChoiceConclusion,
  choiceFact,
  type Eligibility,
  eligibilityFact,
  entitlementOf,
  KINDS_OF_BODY,
  requestFact,
} from '../acquisitions/index.ts';
import type { PersonKey } from '../people/index.ts';
import type { Comparing, ComparingPorts, FileComparison, SealRow } from './comparing.ts';
import { type Comparison, compare } from './comparison.ts';
import { driftOf } from './drift-sentence.ts';
import { type Authorization, authorizationFact, lastSealFact } from './facts.ts';
import { readRequest } from './request.ts';
import {
  type Authorized,
  type Change,
  chosenOf,
  dateRefusal,
  mayMeet,
  mayNote,
  type Present,
  type Standing,
  standingOf,
} from './standing.ts';
import { changeTexts, missingOf, noteRefusal } from './standing-wording.ts';
import { supplierName } from './wording.ts';

export interface ChoosingPorts extends ComparingPorts {
  readonly timeZone: string;
}

/** What a choice stands on at a moment, and where it stands. */
interface Ground {
  readonly choice: Choice | undefined;
  readonly authorization: Authorization | undefined;
  readonly eligibility: Eligibility | undefined;
  readonly present: Present;
  readonly standing: Standing | undefined;
  /** A contract is noted: nothing is asked of its choice any more. */
  readonly settled: boolean;
}

/** A choice as it stands, for those who made it. */
export interface ChoiceView extends Ground {
  readonly file: AcquisitionFile;
  /** Of today; undefined while a question that makes it is open. */
  readonly comparison: Comparison | undefined;
  readonly changes: readonly string[];
  readonly movers: readonly string[];
}

export type AuthorizeOutcome =
  | { readonly kind: 'noted' }
  | { readonly kind: 'refused'; readonly sentence: string };

const CHOOSE = 'Comparez les scénarios et choisissez un fournisseur.';
const CONFIRM = 'Votre choix est à confirmer : ce sur quoi il repose a changé. Ouvrez-le d’abord.';

/** What an authorization is for; undefined for those that named nothing. */
const authorizedOf = (authorization: Authorization | undefined): Authorized | undefined => {
  if (!authorization) return undefined;
  const { date, supplier, priceCents, seal } = authorization;
  return supplier && priceCents && seal ? { date, supplier, priceCents, seal } : undefined;
};

const bodyName = (kind: string | undefined): string =>
  Object.entries(KINDS_OF_BODY).find(([id]) => id === kind)?.[1].title ?? 'à dire';

/** Which grounds a person moves: what the record says of them is told with the change. */
const MOVED: Partial<Record<Change['kind'], 'needs' | 'body'>> = {
  needs: 'needs',
  body: 'body',
  bound: 'body',
};

/**
 * From a comparison to a choice that can be defended (guide 3.4.2 and 3.4.3). Where it stands is never kept: it is drawn
 * from the facts each time it is asked for, by cards and by what waits for it.
 */
export function buildChoosing(
  { db, clock, files, catalogue, timeZone }: ChoosingPorts,
  { of, sealIn, sealed }: Comparing,
) {
  const today = (): string => brokerDate(clock.now()).toString();

  /** `signedOn`: with the fiches that were in force that day. */
  async function groundOf(from: Db, id: string, signedOn?: string): Promise<Ground> {
    const known = await files.readFacts(from, id, {
      choice: choiceFact,
      authorization: authorizationFact,
      eligibility: eligibilityFact,
      request: requestFact,
    });
    const [choice, eligibility] = [known.choice.value, known.eligibility.value];
    const read = readRequest(known.request.value);
    const fiches = signedOn
      ? await catalogue.inForceOn(signedOn, from)
      : (await catalogue.current(from)).fiches;
    const present: Present = {
      request: read.kind === 'valid' ? read.request : undefined,
      fiches,
      kind: eligibility?.kind,
      bound: eligibility && boundOf(eligibility),
    };
    const seal = choice && (await sealed(from, id, choice.seal));
    if (choice && !seal) throw new Error(`the choice of ${id} has lost its sealed comparison`);
    const authorization = known.authorization.value;
    return {
      choice,
      authorization,
      eligibility,
      present,
      standing: choice && seal && standingOf(choice, seal.record, authorizedOf(authorization), present),
      settled: (await files.conclusion('contract', id, from)).noted,
    };
  }

  const textsOf = ({ choice, standing, settled }: Ground): string[] =>
    choice && standing && !settled
      ? standing.changes.flatMap((change) => changeTexts(change, choice.name, bodyName))
      : [];

  /** Who moved what the choice rests on, of the grounds that are other ones now. */
  async function moversOf(from: Db, id: string, { standing, settled }: Ground): Promise<string[]> {
    const moved = new Set(settled ? [] : standing?.changes.flatMap(({ kind }) => MOVED[kind] ?? []));
    if (moved.size === 0) return [];
    return (await files.movers(from, id))
      .filter(({ about }) => about !== '' && about !== 'choice' && moved.has(about))
      .map(({ sentence, by, at }) => `${by}, ${frenchDateTime(at, timeZone)} : ${sentence}`);
  }

  /** What became of the choice, or else of the scenario that was sealed last, in one sentence; empty when it stands. */
  async function alertOf(from: Db, id: string, ground: Ground): Promise<string> {
    const { choice, standing, settled, present } = ground;
    if (settled) return '';
    if (choice && standing) {
      const [first] = textsOf(ground);
      if (!first) return '';
      const { figures } = standing;
      const drift = standing.changes.some(({ kind }) => kind === 'needs')
        ? undefined
        : driftOf(choice, figures?.priceCents, figures && figures.priceCents - figures.gapCents);
      return drift ?? `Votre choix est à confirmer. ${first}`;
    }
    const last = (await files.readFact(from, id, lastSealFact)).value;
    const seal = last && (await sealed(from, id));
    if (!last || !seal || !present.request) return '';
    const { suppliers } = compare(present.request, present.fiches);
    const own = suppliers.find(({ supplier }) => supplier === last.supplier);
    const kept = { ...last, name: 'Le fournisseur le moins cher', lowest: true };
    return driftOf(kept, own?.priceCents, suppliers[0]?.priceCents) ?? '';
  }

  files.concludes('choice', async (from, id, signedOn): Promise<ChoiceConclusion> => {
    const ground = await groundOf(from, id, signedOn);
    const { choice, standing, settled, eligibility, authorization } = ground;
    const missing = !choice || !standing ? [CHOOSE] : settled ? [] : missingOf(standing);
    const entitlement = eligibility && entitlementOf(eligibility);
    const exclusion = entitlement?.kind === 'excluded' ? entitlement.sentence : undefined;
    const refusal = (): string | undefined => {
      if (!standing) return CHOOSE;
      const given = authorizedOf(authorization);
      if (signedOn)
        return mayNote(standing, given, signedOn) ? undefined : noteRefusal(standing, given, signedOn);
      return exclusion ?? (mayMeet(standing) ? undefined : missing[0]);
    };
    const figures = standing?.figures;
    return {
      done: missing.length === 0,
      missing,
      alert: await alertOf(from, id, ground),
      choice,
      changes: textsOf(ground),
      movers: await moversOf(from, id, ground),
      figures: figures && { priceCents: String(figures.priceCents), gapCents: String(figures.gapCents) },
      authorization: standing?.authorized ? authorization : undefined,
      body: eligibility && { title: KINDS_OF_BODY[eligibility.kind].title, bound: boundOf(eligibility) },
      refusal: refusal(),
    };
  });

  /** A signed contract changes its choice no more; a meeting stands on one, which may be kept (guide 3.5). */
  async function mustNotBeUnderWay(tx: Tx, id: string, keeps: boolean): Promise<void> {
    const contract = await files.conclusion('contract', id, tx);
    if (contract.noted || contract.done)
      throw new CourtierError('refused', 'Le contrat de ce dossier est signé : son choix ne change plus.');
    if (contract.missing.length > 0 && !keeps)
      throw new CourtierError(
        'refused',
        'Une rencontre de démarrage est en cours pour ce choix. Annulez-la d’abord (« rencontre »), puis choisissez de nouveau.',
      );
  }

  return {
    /** The choice of a file as it stands. */
    async chosen(id: string, person: PersonKey): Promise<ChoiceView> {
      const file = await files.find(id, person);
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
     * Chosen twice, the first stays as long as nothing moved.
     */
    choose: (person: Person, id: string, supplier: string): Promise<void> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const held = await of(id, person, tx);
        const { choice: before, standing, eligibility } = await groundOf(tx, id);
        if (!eligibility)
          throw new CourtierError(
            'refused',
            'Dites d’abord quel genre d’organisation vous êtes : la règle d’autorisation en dépend.',
          );
        const keeps = before?.supplier === supplier;
        if (keeps && standing?.changes.length === 0) return;
        if (!held.comparison.suppliers.some((each) => each.supplier === supplier))
          throw new CourtierError(
            'refused',
            'Ce fournisseur n’a pas de scénario qui couvre tous vos besoins.',
          );
        await mustNotBeUnderWay(tx, id, keeps);
        const choice = choiceOf(supplier, held, await sealIn(tx, person, held), eligibility, today());
        await files.writeFact(tx, id, choiceFact, choice);
        await files.concern(tx, id, 'suppliers', [supplier]);
        // An authorization was given for another choice.
        await files.dropFact(tx, id, authorizationFact);
        const sentence = keeps ? `Choix gardé : ${choice.name}.` : `Choix : ${choice.name}.`;
        await files.record(tx, id, person, sentence, { about: 'choice' });
      }),

    /** Notes the authorization of the head of the body, for the choice as it stands. */
    authorize: (
      person: Person,
      id: string,
      { reference, date }: Pick<Authorization, 'reference' | 'date'>,
    ): Promise<AuthorizeOutcome> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const { choice, standing } = await groundOf(tx, id);
        if (!choice || !standing || standing.demand === 'nothing')
          return { kind: 'refused', sentence: 'Ce choix ne demande pas d’autorisation du dirigeant.' };
        const [left] = missingOf({ ...standing, authorized: true });
        if (left) return { kind: 'refused', sentence: left };
        const wrong = dateRefusal(date, choice, today());
        if (wrong) return { kind: 'refused', sentence: DATES[wrong](frenchDay(choice.on)) };
        const { supplier, priceCents, seal } = choice;
        const authorization = { reference, date, supplier, priceCents, seal };
        if (await files.writeFact(tx, id, authorizationFact, authorization))
          await files.record(tx, id, person, `Autorisation du dirigeant : ${reference}, ${date}.`);
        return { kind: 'noted' };
      }),

    /** The choice that a document for the head of the body is about; refused while it is to confirm. */
    justifiable: (id: string, person: PersonKey): Promise<{ held: FileComparison; choice: Choice }> =>
      db.transaction(async (tx) => {
        await files.find(id, person, tx);
        await files.hold(tx, id);
        const { choice, standing } = await groundOf(tx, id);
        if (!choice || !standing) throw new CourtierError('refused', CHOOSE);
        if (standing.changes.length > 0) throw new CourtierError('refused', CONFIRM);
        return { held: await of(id, person, tx), choice };
      }),

    /** What the Catalogue did to the scenario of a file, in one sentence; empty when it stands. */
    async drift(from: Db, id: string): Promise<string> {
      const ground = await groundOf(from, id);
      // What the members changed themselves is no news to them.
      if (ground.standing?.changes.some(({ kind }) => MOVED[kind])) return '';
      return alertOf(from, id, ground);
    },
  };
}

const DATES: Record<'future' | 'before', (chosenOn: string) => string> = {
  future: () =>
    'La date de l’autorisation est dans l’avenir : choisissez une date du jour du choix à aujourd’hui.',
  before: (chosenOn) =>
    `L’autorisation est donnée pour ce choix, fait le ${chosenOn} : sa date va de ce jour à aujourd’hui.`,
};

function choiceOf(
  supplier: string,
  { comparison, fiches }: FileComparison,
  seal: SealRow,
  eligibility: Eligibility,
  on: string,
): Choice {
  const { kind } = eligibility;
  const chosen = chosenOf(supplier, comparison, { seal: seal.id, on });
  if (!chosen) throw new Error(`no scenario of ${supplier}`);
  return {
    supplier,
    name: supplierName(fiches, supplier),
    seal: seal.id,
    priceCents: chosen.priceCents,
    gapCents: chosen.gapCents,
    lowest: chosen.gapCents === '0',
    on,
    kind,
    bound: boundOf(eligibility),
  };
}
