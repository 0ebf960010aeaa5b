import { judged, type Law, nothing } from '../law.ts';

/** A button that is offered leads somewhere. */
export const leadsSomewhere: Law = {
  id: 'a button leads somewhere',
  from: 'CONTRIBUTING.md: old cards stay clickable, and what is offered can be done',
  turn({ verb, fresh, word = '', answered, spoke, trouble, what }) {
    if (!verb || trouble) return nothing;
    if (spoke === 0) return judged(1, `${what}: nothing comes of it`);
    return judged(1, fresh && !answered && /introuvable/.test(word) ? `${what}: « ${word} »` : undefined);
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
    if (!changed) return nothing;
    const traced = effects.some((effect) => effect.startsWith('audit '));
    return judged(1, traced ? undefined : `${what}: ${changed}, and no trace of it`);
  },
};

/** Of one turn of somebody, whatever there is in the database; and for each thing that it ends or changes, with its trace. */
const MOST_STATEMENTS = 150;
const MOST_FOR_EACH = 15;

export const bounded: Law = {
  id: 'queries stay bounded',
  from: 'test/features/bounded-queries.test.ts',
  turn({ actor, asked, effects, what, trouble }) {
    if (!actor || trouble) return nothing;
    const traces = effects.filter((effect) => effect.startsWith('audit ')).length;
    const most = MOST_STATEMENTS + MOST_FOR_EACH * traces;
    return judged(1, asked > most ? `${what}: ${asked} statements for ${traces} traces` : undefined);
  },
};
