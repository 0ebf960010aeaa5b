import type { Db } from '../../../core/ports/db.ts';
import type { Said } from '../rules/eligibility.ts';
import type { Choice } from '../rules/shared-facts.ts';
import type { Step, StepReport } from '../rules/steps.ts';

/** What is to do now, as the one blue button of the file: what it says and does. */
export interface Next {
  readonly title: string;
  readonly verb: string;
}

/** What the feature in charge of a step concludes of it, from the facts as they are. */
export interface Conclusion extends StepReport {
  /** What deserves a thought, each followed by the way out that the guide gives; nothing waits for it. */
  readonly considerations?: readonly string[];
  /** What the file says first; empty when there is nothing. */
  readonly alert?: string;
  /** Absent where nothing can be done. */
  readonly next?: Next | undefined;
}

/** What is concluded of the choice: the meeting, the contract and the documents wait for it (guide 3.4.3). */
export interface ChoiceConclusion extends Conclusion {
  readonly choice: Choice | undefined;
  /** On what the choice rested that is another thing now, in sentences; empty while it stands. */
  readonly changes: readonly string[];
  /** Who changed it, and when. */
  readonly movers: readonly string[];
  /** What the choice costs now, and how much more than the lowest; undefined when it cannot be told. */
  readonly figures: { readonly priceCents: string; readonly gapCents: string } | undefined;
  /** The offers of the chosen scenario by name, with what each covers; empty when it cannot be told. */
  readonly offers: readonly string[];
  /** The authorization of the head of the body that is for this choice. */
  readonly authorization: { readonly reference: string; readonly date: string } | undefined;
  /** The kind of organization, and whether article 48 of the RCTI binds it. */
  readonly body: { readonly title: string; readonly bound: Said } | undefined;
  /** Why the meeting cannot be held, or, of a day of signature, why the contract cannot be noted. */
  readonly refusal: string | undefined;
}

/** What is concluded of the contract: once it is noted, its choice is settled. */
export interface ContractConclusion extends Conclusion {
  readonly noted: boolean;
  /** Its meeting took place: the client cannot cancel it any more. */
  readonly held?: boolean;
}

/** What is concluded of the five steps. */
export interface Conclusions {
  readonly needs: Conclusion;
  readonly catalogue: Conclusion;
  readonly shortlist: Conclusion;
  readonly choice: ChoiceConclusion;
  readonly contract: ContractConclusion;
}

/** Concludes of a file; `signedOn` asks of a contract that was signed on a day. */
type Reader<S extends Step> = (from: Db, file: string, signedOn?: string) => Promise<Conclusions[S]>;

const NONE: Conclusion = { done: false, missing: [] };
/** Where no feature is in charge of a step. */
const NOTHING: Conclusions = {
  needs: NONE,
  catalogue: NONE,
  shortlist: NONE,
  choice: {
    ...NONE,
    choice: undefined,
    changes: [],
    movers: [],
    figures: undefined,
    offers: [],
    authorization: undefined,
    body: undefined,
    refusal: 'Comparez les scénarios et choisissez un fournisseur.',
  },
  contract: { ...NONE, noted: false },
};

/**
 * What is concluded of a file. Each feature in charge of a step brings its own way to conclude, once, when it is built:
 * a conclusion is drawn when it is read, and never kept.
 */
export function buildConclusions(db: Db) {
  const readers: { [S in Step]?: Reader<S> } = {};

  /** Within a transaction that holds the file, pass it on: nobody changes what it rests on meanwhile. */
  async function conclusion<S extends Step>(
    step: S,
    file: string,
    from: Db = db,
    signedOn?: string,
  ): Promise<Conclusions[S]> {
    const reader: Reader<S> | undefined = readers[step];
    return reader ? reader(from, file, signedOn) : NOTHING[step];
  }

  return {
    concludes<S extends Step>(step: S, reader: Reader<S>): void {
      Object.assign(readers, { [step]: reader });
    },

    conclusion,

    /** What is concluded of each of the five steps. Asked for several files at once, it costs what one does. */
    async conclusions(file: string, from: Db = db): Promise<Conclusions> {
      const [needs, catalogue, shortlist, choice, contract] = await Promise.all([
        conclusion('needs', file, from),
        conclusion('catalogue', file, from),
        conclusion('shortlist', file, from),
        conclusion('choice', file, from),
        conclusion('contract', file, from),
      ]);
      return { needs, catalogue, shortlist, choice, contract };
    },
  };
}
