import type { Law } from '../law.ts';

/** A button that is offered leads somewhere. */
export const leadsSomewhere: Law = {
  id: 'a button leads somewhere',
  from: 'CONTRIBUTING.md: old cards stay clickable, and what is offered can be done',
  turn({ verb, fresh, word = '', answered, spoke, trouble, what }) {
    if (!verb || trouble) return undefined;
    if (spoke === 0) return `${what}: nothing comes of it`;
    return fresh && !answered && /introuvable/.test(word) ? `${what}: « ${word} »` : undefined;
  },
};

/** The rows whose changes people answer for. */
const ACTS =
  /^(?:contracts|kickoffs|memberships|broadcasts|contract_invoices|contract_amendments|contract_terminations|contract_comments|escalations|knowledge_entries|evaluations|evaluation_submissions)(?: [+−]1|:)/;

/** Whatever somebody changes of what matters is in the journal. */
export const explained: Law = {
  id: 'the journal explains every change',
  from: 'docs/reliability.md, the audit trail',
  turn({ actor, effects, what, trouble }) {
    const changed = actor && !trouble && effects.find((effect) => ACTS.test(effect));
    return changed && !effects.some((effect) => effect.startsWith('audit '))
      ? `${what}: ${changed}, and no trace of it`
      : undefined;
  },
};

/** Of one turn of somebody, whatever there is in the database. */
const MOST_STATEMENTS = 150;

export const bounded: Law = {
  id: 'queries stay bounded',
  from: 'test/features/bounded-queries.test.ts',
  turn: ({ actor, asked, what, trouble }) =>
    actor && !trouble && asked > MOST_STATEMENTS ? `${what}: ${asked} statements` : undefined,
};
