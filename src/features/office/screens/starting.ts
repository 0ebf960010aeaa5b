import type { Card } from '../../../core/card.ts';
import type { FirstStep } from '../../../core/cards/first-steps.ts';
import { progressBar } from '../../../core/cards/progress.ts';
import type { House } from '../../../core/manifest.ts';
import { action } from '../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';
import type { MessageTurn } from '../../../core/turn.ts';
import { Nothing } from './schema.ts';

interface StartingServices {
  readonly house: Pick<House, 'firstSteps'>;
}

const SIGNS: Readonly<Record<FirstStep['stands'], string>> = { done: '✓', todo: '○', aside: '–' };

function stepView({ title, how, found, stands, ask }: FirstStep, at: number, next: FirstStep | undefined) {
  return {
    title: `${SIGNS[stands]} ${at + 1} · ${title}`,
    label: title,
    found: escapeMarkdown(found),
    how,
    isNext: next?.title === title,
    ask,
    weight: next?.title === title ? 'Bolder' : 'Default',
  };
}

/** What a new office puts in place before it serves anybody: each step as the facts have it now, and the next one. */
export function startingCard(steps: readonly FirstStep[]): Card {
  const counted = steps.filter(({ stands }) => stands !== 'aside');
  const done = counted.filter(({ stands }) => stands === 'done').length;
  const next = counted.find(({ stands }) => stands === 'todo');
  const stands = next
    ? `${count(done, 'étape', 'étapes')} sur ${counted.length}. La suite : ${next.title.toLowerCase()}.`
    : 'Tout est en place : votre bureau peut servir ses clients.';
  return {
    template: 'office/starting',
    summary: `Mise en service. ${stands}`,
    view: {
      ...progressBar(done, counted.length),
      stands,
      steps: steps.map((step, at) => stepView(step, at, next)),
      nextTitle: next?.title ?? '',
      nextAsk: next?.ask ?? '',
      leads: next !== undefined,
      ready: next === undefined,
    },
  };
}

export async function openStarting(turn: MessageTurn, { house }: StartingServices): Promise<void> {
  await turn.reply(startingCard(await house.firstSteps(turn.person)));
}

export const look = action(
  'office.starting',
  Nothing,
  async (turn, _input, { house }: StartingServices) =>
    turn.update(startingCard(await house.firstSteps(turn.person))),
  'admin',
);
