import { frenchDateTime } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { canonicalHash } from '../../../../core/rows/canonical-hash.ts';
import {
  boundOf,
  type Choice,
  choiceFact,
  type Eligibility,
  eligibilityFact,
  KINDS_OF_BODY,
  requestFact,
} from '../../../acquisitions/index.ts';
import { compare } from '../../pricing/rules/comparison.ts';
import { readRequest } from '../../pricing/rules/request.ts';
import {
  type Authorization,
  authorizationFact,
  type Cheapest,
  comparedFact,
  lastSealFact,
} from '../../rules/facts.ts';
import { choiceLines, comparisonLines } from '../rules/drift-lines.ts';
import { driftOf } from '../rules/drift-sentence.ts';
import {
  type Authorized,
  type Change,
  type ChoiceStanding,
  type Present,
  standingOf,
} from '../rules/standing.ts';
import { changeTexts } from '../rules/standing-texts.ts';
import type { ComparingPorts } from './comparing.ts';
import { findSeal } from './sealing.ts';

export interface ChoosingPorts extends ComparingPorts {
  readonly timeZone: string;
}

/** What a choice stands on at a moment, and where it stands. */
export interface Ground {
  readonly choice: Choice | undefined;
  readonly authorization: Authorization | undefined;
  readonly eligibility: Eligibility | undefined;
  readonly present: Present;
  readonly standing: ChoiceStanding | undefined;
  /** A contract is noted: nothing is asked of its choice any more. */
  readonly settled: boolean;
}

/** What an authorization is for; undefined for those that named nothing. */
export const authorizedOf = (authorization: Authorization | undefined): Authorized | undefined => {
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

/** What the Catalogue did to a file. */
export interface Drift {
  readonly sentence: string;
  readonly lines: readonly string[];
  /** Whose fiche in force did it: its own, or that of whoever is the cheapest now. */
  readonly cause: { readonly supplier: string; readonly version: string } | undefined;
}
const NO_DRIFT: Drift = { sentence: '', lines: [], cause: undefined };

export type Grounds = ReturnType<typeof buildGrounds>;

/** What was compared last of a file without a choice, and the same comparison now. */
interface Again {
  readonly last: Cheapest;
  readonly suppliers: ReturnType<typeof compare>['suppliers'];
}

const textsOf = ({ choice, standing, settled }: Ground): string[] =>
  choice && standing && !settled
    ? standing.changes.flatMap((change) => changeTexts(change, choice.name, bodyName))
    : [];

/** What became of the choice, or else of the scenario that was sealed last, in one sentence; empty when it stands. */
function sentenceOf(ground: Ground, again: Again | undefined): string {
  const { choice, standing, settled } = ground;
  if (settled) return '';
  if (choice && standing) {
    const [first] = textsOf(ground);
    if (!first) return '';
    const { figures } = standing;
    const drift = standing.changes.some(({ kind }) => kind === 'needs' || kind === 'absent')
      ? undefined
      : driftOf(choice, figures?.priceCents, figures && figures.priceCents - figures.gapCents);
    return drift ?? `Votre choix est à confirmer. ${first}`;
  }
  if (!again) return '';
  const { last, suppliers } = again;
  const own = suppliers.find(({ supplier }) => supplier === last.supplier);
  const kept = { ...last, name: 'Le fournisseur le moins cher', lowest: true };
  return driftOf(kept, own?.priceCents, suppliers[0]?.priceCents) ?? '';
}

/** What the Catalogue did to a file, in lines: both prices, the lowest, what follows for the authorization. */
function linesOf({ choice, standing, present }: Ground, again: Again | undefined): string[] {
  const nameOf = (id: string) =>
    present.fiches.find(({ supplier }) => supplier.id === id)?.supplier.name ?? id;
  if (choice && standing) return choiceLines(choice, standing, standing.authorized, nameOf);
  return again ? comparisonLines(again.last, again.suppliers[0], nameOf) : [];
}

/** Of all the fiches that took effect together, the one that moved what is told. */
function causeOf({ choice, present }: Ground, again: Again | undefined): Drift['cause'] {
  const kept = choice ?? again?.last;
  if (!kept || !present.request) return undefined;
  const suppliers = again?.suppliers ?? compare(present.request, present.fiches).suppliers;
  const own = suppliers.find(({ supplier }) => supplier === kept.supplier);
  const cheapest = suppliers[0]?.supplier;
  const moved = own?.priceCents === BigInt(kept.priceCents) && cheapest ? cheapest : kept.supplier;
  const fiche = present.fiches.find(({ supplier }) => supplier.id === moved);
  return fiche && { supplier: moved, version: fiche.version };
}

/** What choices stand on, read from the facts each time it is asked for, and what became of it in words. */
export function buildGrounds({ files, catalogue, timeZone }: ChoosingPorts) {
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
    const seal = choice && (await findSeal(from, id, choice.seal));
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

  /** Who moved what the choice rests on, of the grounds that are other ones now. */
  async function moversOf(from: Db, id: string, { standing, settled }: Ground): Promise<string[]> {
    const moved = new Set(settled ? [] : standing?.changes.flatMap(({ kind }) => MOVED[kind] ?? []));
    if (moved.size === 0) return [];
    return (await files.movers(from, id))
      .filter(({ about }) => about !== '' && about !== 'choice' && moved.has(about))
      .map(({ sentence, by, at }) => `${by}, ${frenchDateTime(at, timeZone)} : ${sentence}`);
  }

  /**
   * Without a choice: the cheapest scenario of what was looked at or sealed last for the needs as they are, and the same
   * comparison now. What was for other needs tells nothing: the members changed them.
   */
  async function comparedAgain(
    from: Db,
    id: string,
    { choice, settled, present }: Ground,
  ): Promise<Again | undefined> {
    if (choice || settled || !present.request) return undefined;
    const known = await files.readFacts(from, id, { sealed: lastSealFact, seen: comparedFact });
    const needs = canonicalHash(present.request);
    const last = [known.seen.value, known.sealed.value].find(
      (each) => each && (each.request ?? needs) === needs,
    );
    return last && { last, suppliers: compare(present.request, present.fiches).suppliers };
  }

  return {
    groundOf,
    textsOf,
    moversOf,
    /** What became of a file's choice, or else of what was compared last, in one sentence; empty when it stands. */
    alertOf: async (from: Db, id: string, ground: Ground): Promise<string> =>
      sentenceOf(ground, await comparedAgain(from, id, ground)),

    /** What the Catalogue did to the scenario of a file: a sentence, empty when it stands, and its matter. */
    async drift(from: Db, id: string): Promise<Drift> {
      const ground = await groundOf(from, id);
      // What the members changed themselves is no news to them.
      if (ground.standing?.changes.some(({ kind }) => MOVED[kind])) return NO_DRIFT;
      const again = await comparedAgain(from, id, ground);
      const sentence = sentenceOf(ground, again);
      if (sentence === '') return NO_DRIFT;
      return { sentence, lines: linesOf(ground, again), cause: causeOf(ground, again) };
    },
  };
}
