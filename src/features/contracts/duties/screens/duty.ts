import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { action } from '../../../../core/routes/turns.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import { originLine, pastText } from '../../../../core/time/due.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { Contracts } from '../../recording/store/contracts.ts';
import type { Done, Followed } from '../../recording/store/records.ts';
import { head } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import { detailOf, fieldsOf } from '../../texts.ts';
import { type Duty, stateOf } from '../rules/duty.ts';
import { STATES, whenText } from './standing.ts';

/** What became of a duty, and who said so. */
function doneText({ doneOn, whyNot, undated, by }: Done): string {
  const noted = `${frenchDay(doneOn)} par ${escapeMarkdown(by)}`;
  if (whyNot !== null) return `Sans objet, noté le ${noted} : ${escapeMarkdown(whyNot)}`;
  return undated ? `Déjà fait, noté le ${noted}.` : `Fait le ${noted}.`;
}

/** One duty: what it is, what helps to do it, and « c'est fait ». */
export function dutyCard(
  followed: Followed,
  duty: Duty,
  contracts: Pick<Contracts, 'rules' | 'today'>,
  notice = '',
): Card {
  const { contract, done } = followed;
  const row = done.get(duty.id);
  const state = stateOf(duty, row !== undefined, contracts.today(), contracts.rules);
  return {
    template: 'contracts/duty',
    summary: `${notice}${notice === '' ? '' : ' '}${duty.title} : ${STATES[state].toLowerCase()}.`,
    view: {
      ...head(contract),
      ...noticeView(notice),
      duty: duty.id,
      title: duty.title,
      when: row
        ? doneText(row)
        : state === 'late' || state === 'passed'
          ? pastText(duty.due)
          : `${STATES[state]} · ${whenText(duty)}`,
      paragraphs: detailOf(duty, contract, contracts.rules).map((text) => ({ text })),
      fields: fieldsOf(duty),
      evaluates: row === undefined && (duty.kind === 'yearly' || duty.kind === 'final'),
      publication: duty.kind === 'publication',
      fees: duty.kind === 'fees',
      section: originLine(duty.asked, duty.due),
      today: contracts.today().toString(),
      question: duty.kind === 'final' ? 'Date de signature par le dirigeant' : 'Fait le',
      open: row === undefined,
      closed: row !== undefined,
    },
  };
}

async function shownDuty(
  { person }: ActionTurn,
  { contract, duty }: { contract: string; duty: string },
  { contracts }: ContractServices,
  notice: string,
) {
  const followed = await contracts.followed(contract, person);
  const found = followed.duties.find(({ id }) => id === duty);
  if (!found) throw notFound();
  return dutyCard(followed, found, contracts, notice);
}

export const duty = action('contracts.duty', schema.Duty, draws(shownDuty));

export const done = forgiving(
  comesBack(schema.Duty, shownDuty),
  action(
    'contracts.done',
    schema.Done,
    redraws(
      (turn, { contract, duty, on }, { contracts }) => contracts.complete(turn.person, contract, duty, on),
      shownDuty,
      'C’est noté. Vous ne recevrez plus de rappel.',
    ),
  ),
);

export const reopen = action(
  'contracts.reopen',
  schema.Duty,
  redraws(
    (turn, { contract, duty }, { contracts }) => contracts.reopen(turn.person, contract, duty),
    shownDuty,
    'C’est noté : cette obligation est de nouveau à faire.',
  ),
);
