import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { redraws } from '../../../../core/cards/redraw.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count } from '../../../../core/text/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import * as schema from '../../screens/schema.ts';
import { REMINDED_DAYS, type Reminded, type TakenBack } from '../store/many.ts';
import { campaignOf, type StaffServices } from './actions.ts';

const shown = async (
  _turn: ActionTurn,
  { campaign, list, page }: schema.Campaign,
  services: StaffServices,
  word: string,
) => campaignOf(await services.campaigns.findCampaign(campaign), list, page, services, word);

/** What somebody who reminded many is told. */
function remindedText({ reminded, recent }: Reminded): string {
  const left =
    recent > 0
      ? ` ${count(recent, 'autre l’a', 'autres l’ont')} été depuis moins de ${REMINDED_DAYS} jours.`
      : '';
  if (reminded === 0) return `Rien n’est rappelé.${left}`;
  return `${count(reminded, 'évaluation est rappelée', 'évaluations sont rappelées')}, avec le reste, aux heures de bureau.${left}`;
}

export const remind = forgiving(
  comesBack(schema.Campaign, shown),
  action(
    'evaluations.remind',
    schema.Remind,
    redraws(
      ({ person }, { campaign, which }, { campaigns }: StaffServices) =>
        campaigns.remindMany(person, campaign, which),
      shown,
      (done) => remindedText(done),
    ),
    'staff',
  ),
);

/** What somebody who took many back is told. */
function takenBackText({ count: taken, left, unasked }: TakenBack): string {
  return [
    `${count(taken, 'contrat est repris', 'contrats sont repris')}.`,
    ...(left > 0
      ? [`${count(left, 'autre est évalué', 'autres sont évalués')} dans une autre campagne cette année.`]
      : []),
    ...(unasked > 0
      ? [
          `${count(unasked, 'autre ne demande', 'autres ne demandent')} plus cette évaluation : ses dates ou ses renseignements ont changé entre-temps.`,
        ]
      : []),
  ].join(' ');
}

export const includeMany = forgiving(
  comesBack(schema.Campaign, shown),
  action(
    'evaluations.includeMany',
    schema.IncludeMany,
    redraws(
      ({ person }, { campaign, back }, { campaigns }: StaffServices) =>
        campaigns.includeMany(person, campaign, back),
      shown,
      (done) => takenBackText(done),
    ),
    'staff',
  ),
);
