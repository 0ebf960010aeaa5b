import { capital } from '../../../../core/text/text.ts';
import { showsTeam } from '../../../acquisitions/index.ts';
import { STEPS } from '../../steps/rules.ts';
import { momentText, STATE_NAMES } from '../../texts.ts';
import type { KickoffServices } from './services.ts';

/** The moment of a file's meeting, or where it is, for those around: never with whom. */
export const showTeam = showsTeam(
  'kickoff.showTeam',
  async (file, _conclusions, { kickoffs, timeZone }: KickoffServices) => {
    const kickoff = await kickoffs.ofFile(file.id);
    if (!kickoff) return [['Rencontre de démarrage', 'À demander']];
    const current = (await kickoffs.standing(kickoff)).find(({ state }) => state === 'current');
    const { state, startsAt, endsAt } = kickoff;
    return [
      ['Rencontre de démarrage', STATE_NAMES[state]],
      ...(startsAt && endsAt ? [['Moment', capital(momentText(startsAt, endsAt, timeZone))] as const] : []),
      ...(current && state === 'held'
        ? [['Étape', `${current.step.number} sur ${STEPS.length} : ${current.step.title}`] as const]
        : []),
    ];
  },
);
