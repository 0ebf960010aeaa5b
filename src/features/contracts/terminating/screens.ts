import type { Card } from '../../../core/card.ts';
import { comesBack, forgiving, unlessStale } from '../../../core/cards/forgiving.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { draws, redraws } from '../../../core/cards/redraw.ts';
import { frenchDay } from '../../../core/clock.ts';
import { action, creating } from '../../../core/routes/turns.ts';
import { escapeMarkdown } from '../../../core/text/text.ts';
import type { ActionTurn } from '../../../core/turn.ts';
import { head } from '../screens/parts.ts';
import * as schema from '../screens/schema.ts';
import type { ContractServices, OfContract } from '../screens/services.ts';
import type { Contract } from '../tables.ts';
import { TERMINATION_NAMES, TERMINATION_SIDES } from './rules.ts';
import type { Termination } from './store.ts';
import { followsFrom } from './texts.ts';

const STALE = 'Quelqu’un a changé cette résiliation entre-temps. Voici ce qui est noté.';

/** The termination of a contract: noted, with what follows from it; else the form, with what would. */
function terminationView(
  contract: Contract,
  termination: Termination | undefined,
  today: string,
  notice: string,
): Card {
  const facts = termination
    ? [
        { title: 'Résilié par', value: TERMINATION_NAMES[termination.by] },
        { title: 'Lettre ou avis', value: frenchDay(termination.noticeOn) },
        { title: 'Prend effet', value: frenchDay(termination.effectiveOn) },
        { title: 'Devait finir', value: frenchDay(contract.termEndsOn) },
        { title: 'Raison', value: escapeMarkdown(termination.reason) },
        {
          title: 'Noté',
          value: `le ${frenchDay(termination.notedOn)} par ${escapeMarkdown(termination.name)}`,
        },
      ]
    : [];
  return {
    template: 'contracts/termination',
    summary: notice || (termination ? 'La résiliation du contrat.' : 'Noter la résiliation du contrat.'),
    view: {
      ...head(contract),
      ...noticeView(notice),
      terminated: termination !== undefined,
      open: termination === undefined,
      revision: termination?.revision ?? 0,
      facts,
      follows: followsFrom(contract, termination?.effectiveOn).map((text) => ({ text })),
      sides: TERMINATION_SIDES.map((value) => ({ title: TERMINATION_NAMES[value], value })),
      noticeOn: termination?.noticeOn ?? today,
      effectiveOn: termination?.effectiveOn ?? today,
      by: termination?.by ?? '',
      reason: termination?.reason ?? '',
    },
  };
}

async function terminationCard(
  { person }: ActionTurn,
  { contract: id }: OfContract,
  { contracts }: ContractServices,
  notice: string,
) {
  const contract = await contracts.find(id, person);
  const termination = await contracts.termination(id, person);
  return terminationView(contract, termination, contracts.today().toString(), notice);
}

export const showTermination = action('contracts.termination', schema.Reference, draws(terminationCard));

export const terminate = forgiving(
  comesBack(schema.Reference, terminationCard),
  creating(
    'contracts.terminate',
    {
      noun: ['résiliation', 'résiliations'],
      person: 60,
      body: 300,
      tenant: 6_000,
      why: 'As many as there are contracts noted in a day.',
    },
    schema.Termination,
    redraws(
      async (turn, { contract, ...wanted }, { contracts }: ContractServices) =>
        unlessStale({ kind: await contracts.terminate(turn.person, contract, wanted) }, STALE),
      terminationCard,
      'La résiliation est notée. Voici ce qui suit.',
    ),
  ),
);

export const correctTermination = forgiving(
  comesBack(schema.Reference, terminationCard),
  action(
    'contracts.correctTermination',
    schema.CorrectTermination,
    redraws(
      async (turn, { contract, revision, ...wanted }, { contracts }: ContractServices) =>
        unlessStale(
          { kind: await contracts.correctTermination(turn.person, contract, revision, wanted) },
          STALE,
        ),
      terminationCard,
      'C’est corrigé. Voici ce qui suit maintenant.',
    ),
  ),
);

export const undoTermination = action(
  'contracts.undoTermination',
  schema.UndoTermination,
  redraws(
    (turn, { contract, revision }, { contracts }: ContractServices) =>
      contracts.undoTermination(turn.person, contract, revision),
    terminationCard,
    (outcome) =>
      outcome === 'done'
        ? 'La résiliation est retirée : le contrat et ses obligations reprennent comme avant.'
        : STALE,
  ),
);
