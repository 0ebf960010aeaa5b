/** The guide's five steps of an acquisition (section 3). */
export const STEPS = ['needs', 'catalogue', 'shortlist', 'choice', 'contract'] as const;
export type Step = (typeof STEPS)[number];

/** What the feature in charge of a step concludes of it. */
export interface StepReport {
  readonly done: boolean;
  /** What is still to be done, in short sentences. */
  readonly missing: readonly string[];
}

export type Reports = Partial<Record<Step, StepReport>>;

export interface StepProgress {
  readonly step: Step;
  /** `review`: it was done, and an earlier step is open again. */
  readonly state: 'done' | 'current' | 'later' | 'review';
  readonly missing: readonly string[];
}

/** Where a file stands: the first step that is not done is the current one. */
export function progressOf(reports: Reports): StepProgress[] {
  const current = STEPS.findIndex((step) => !reports[step]?.done);
  return STEPS.map((step, at) => {
    const report = reports[step];
    const state =
      current === -1 || at < current
        ? 'done'
        : at === current
          ? 'current'
          : report?.done
            ? 'review'
            : 'later';
    return { step, state, missing: report?.missing ?? [] };
  });
}

/** Why a file is archived: it led to a contract, it is given up, nothing suits, or it waits. */
export const ENDS = ['contract', 'abandoned', 'unsuitable', 'assessing'] as const;
export type End = (typeof ENDS)[number];

/** Why a file is archived, in words. */
export const END_NAMES: Readonly<Record<End, string>> = {
  contract: 'Le contrat est conclu',
  abandoned: 'Le projet est abandonné',
  unsuitable: 'Aucune offre ne convient',
  assessing: 'L’évaluation des besoins continue, sans date',
};

export type FileState = 'open' | 'archived';
export type FileEvent = 'archive' | 'reopen';

const TRANSITIONS: Readonly<Record<FileState, Partial<Record<FileEvent, FileState>>>> = {
  open: { archive: 'archived' },
  archived: { reopen: 'open' },
};

/** The state after an event; undefined when the event does not apply. */
export const transition = (state: FileState, event: FileEvent): FileState | undefined =>
  TRANSITIONS[state][event];
