import { frenchDay } from '../../../../core/clock.ts';
import { showsTeam } from '../../../acquisitions/index.ts';

/** Where the comparison of a file is, for those around: what is done of it and when, never with whom nor for how much. */
export const showTeam = showsTeam('scenarios.showTeam', (_file, { shortlist, choice }) => [
  ['Offres conformes', shortlist.done ? 'Confirmées' : 'À confirmer'],
  [
    'Choix',
    !choice.choice
      ? 'À faire'
      : choice.done
        ? `Fait le ${frenchDay(choice.choice.on)}`
        : `Fait le ${frenchDay(choice.choice.on)}, à compléter`,
  ],
]);
