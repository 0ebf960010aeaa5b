import type { Card } from '../../../core/card.ts';
import { progressBar } from '../../../core/cards/progress.ts';
import { type Clock, frenchDate } from '../../../core/clock.ts';
import { CourtierError } from '../../../core/errors.ts';
import { type ActionRoute, action } from '../../../core/routes/turns.ts';
import { escapeMarkdown } from '../../../core/text/text.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import { progressOf } from '../rules/steps.ts';
import type { Conclusions } from '../store/conclusions.ts';
import type { Files } from '../store/files.ts';
import type { AcquisitionFile } from '../store/records.ts';
import { STEP_NAMES } from './cards.ts';
import * as schema from './schema.ts';

/** What everybody around may know of a file, by the name of each thing. */
export type TeamFacts = readonly (readonly [title: string, value: string])[];

interface TeamServices {
  readonly files: Files;
  readonly clock: Clock;
}

const NO_FILE = 'Ouvrez d’abord le dossier à montrer, dans notre conversation personnelle.';

function teamCard(
  file: AcquisitionFile,
  conclusions: Conclusions,
  facts: TeamFacts,
  today: Temporal.PlainDate,
): Card {
  const steps = progressOf(conclusions);
  const done = steps.filter(({ state }) => state === 'done').length;
  return {
    template: 'acquisitions/team',
    summary: `Où en est le dossier « ${file.name} ».`,
    view: {
      heading: `Dossier nº ${file.number} · ${done} étape${done < 2 ? '' : 's'} sur ${steps.length}`,
      name: escapeMarkdown(file.name),
      ...progressBar(done, steps.length),
      facts: facts.map(([title, value]) => ({ title, value: escapeMarkdown(value) })),
      on: frenchDate(today),
    },
  };
}

/**
 * A button that shows to those around where the file that the person means is: its name, its step and its dates. Never a
 * price, a supplier, an answer, or whose it is; nothing on it can be pressed.
 */
export const showsTeam = <S extends TeamServices>(
  verb: string,
  factsOf: (file: AcquisitionFile, conclusions: Conclusions, services: S) => Promise<TeamFacts> | TeamFacts,
): ActionRoute<S> =>
  action(verb, schema.Nothing, async ({ person, update }, _input, services: S) => {
    const { files, clock } = services;
    const file = await files.current(person);
    if (!file) throw new CourtierError('refused', NO_FILE);
    const conclusions = await files.conclusions(file.id);
    const facts = await factsOf(file, conclusions, services);
    update(teamCard(file, conclusions, facts, brokerDate(clock.now())));
  });

/** The step that a file has reached, and the one that follows. */
export const showTeam = showsTeam('acquisitions.showTeam', ({ createdAt }, conclusions) => {
  const steps = progressOf(conclusions);
  const at = steps.findIndex(({ state }) => state === 'current');
  const [current, next] = at === -1 ? [] : steps.slice(at);
  return [
    ['Étape', current ? STEP_NAMES[current.step] : 'Toutes les étapes sont faites'],
    ...(next ? [['Ensuite', STEP_NAMES[next.step]] as const] : []),
    ['Commencé', frenchDate(brokerDate(createdAt))],
  ];
});
