import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { withFacts } from '../../../../core/guide/index.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { ScenarioServices } from '../../comparing/screens/actions.ts';
import * as schema from '../../screens/schema.ts';
import type { Dossier } from '../store/dossier.ts';
import * as cards from './cards.ts';

export interface SupportServices extends ScenarioServices {
  readonly catalogue: CatalogueService;
  readonly dossier: Dossier;
}

/** A card of what supports the choice, as it stands now. */
const supporting =
  (card: (view: cards.SupportView) => Card) =>
  async (
    { person }: Pick<ActionTurn, 'person'>,
    { file, criterion }: { file: string; criterion?: string | undefined },
    { files, dossier, catalogue, clock }: SupportServices,
    notice: string,
  ): Promise<Card> =>
    card({
      file: await files.findFile(file, person),
      support: await dossier.supportOf(file, person),
      view: await catalogue.current(),
      today: brokerDate(clock.now()).toString(),
      days: catalogue.days,
      notice,
      criterion,
    });

export const clarificationsCard = supporting(cards.clarificationsCard);
export const trialsCard = supporting(cards.trialsCard);
const criteriaCard = supporting(cards.criteriaCard);

export const clarifications = action('scenarios.clarifications', schema.File, draws(clarificationsCard));

export const clarify = forgiving(
  comesBack(schema.File, clarificationsCard),
  creating(
    'scenarios.clarify',
    {
      noun: ['question aux fournisseurs', 'questions aux fournisseurs'],
      person: 100,
      body: 1_000,
      tenant: 20_000,
      why: 'A file keeps fifty: two files filled in a day by one person.',
    },
    schema.Clarify,
    redraws(
      (turn, { file, supplier, question }, { dossier }) =>
        dossier.askSupplier(turn.person, file, supplier, question, turn.effect),
      clarificationsCard,
      () =>
        withFacts(
          'La question est notée. Envoyez-la au fournisseur : il a {{answerDays}} pour la prendre en charge.',
        ),
    ),
  ),
);

export const clarified = forgiving(
  comesBack(schema.File, clarificationsCard),
  action(
    'scenarios.clarified',
    schema.Clarified,
    redraws(
      (turn, { file, clarification, answer, showed }, { dossier }) =>
        dossier.noteAnswer(turn.person, file, clarification, answer, showed),
      clarificationsCard,
      'La réponse est au dossier.',
    ),
  ),
);

export const dropClarification = action(
  'scenarios.dropClarification',
  schema.DropClarification,
  redraws(
    (turn, { file, clarification }, { dossier }) =>
      dossier.dropClarification(turn.person, file, clarification),
    clarificationsCard,
    'La question est retirée. Prévenez-en le fournisseur, s’il l’a reçue.',
  ),
);

export const trials = action('scenarios.trials', schema.File, draws(trialsCard));

export const planTrial = forgiving(
  comesBack(schema.File, trialsCard),
  creating(
    'scenarios.planTrial',
    {
      noun: ['banc d’essai', 'bancs d’essai'],
      person: 60,
      body: 300,
      tenant: 6_000,
      why: 'A file tries some offers, each for weeks.',
    },
    schema.Trial,
    redraws(
      (turn, { file, ...trial }, { dossier }) => dossier.planTrial(turn.person, file, trial, turn.effect),
      trialsCard,
      () =>
        withFacts(
          'Le banc d’essai est prévu. Demandez-le au fournisseur : il a {{answerDays}} pour prendre votre demande en charge.',
        ),
    ),
  ),
);

export const concludeTrial = forgiving(
  comesBack(schema.File, trialsCard),
  action(
    'scenarios.concludeTrial',
    schema.TrialResult,
    redraws(
      (turn, { file, trial, result, showed }, { dossier }) =>
        dossier.concludeTrial(turn.person, file, trial, result, showed),
      trialsCard,
      'Le résultat est au dossier.',
    ),
  ),
);

export const moveTrial = forgiving(
  comesBack(schema.File, trialsCard),
  action(
    'scenarios.moveTrial',
    schema.TrialDates,
    redraws(
      (turn, { file, trial, ...dates }, { dossier }) => dossier.moveTrial(turn.person, file, trial, dates),
      trialsCard,
      'Les dates sont changées. Prévenez-en le fournisseur, s’il attend encore l’essai.',
    ),
  ),
);

export const dropTrial = action(
  'scenarios.dropTrial',
  schema.DropTrial,
  redraws(
    (turn, { file, trial }, { dossier }) => dossier.dropTrial(turn.person, file, trial),
    trialsCard,
    'Le banc d’essai est annulé. Prévenez-en le fournisseur, s’il l’attend encore.',
  ),
);

export const criteria = action('scenarios.criteria', schema.Criteria, draws(criteriaCard));

export const weigh = forgiving(
  comesBack(schema.File, criteriaCard),
  creating(
    'scenarios.weigh',
    {
      noun: ['critère', 'critères'],
      person: 150,
      body: 1_500,
      tenant: 30_000,
      why: 'A file keeps fifty: three files filled in a day by one person.',
    },
    schema.Criterion,
    redraws(
      (turn, { file, ...criterion }, { dossier }) =>
        dossier.addCriterion(turn.person, file, criterion, turn.effect),
      criteriaCard,
      'Le critère est au dossier.',
    ),
  ),
);

export const changeCriterion = forgiving(
  comesBack(schema.Criteria, criteriaCard),
  action(
    'scenarios.changeCriterion',
    schema.CriterionChange,
    redraws(
      (turn, { file, criterion, showed, ...wanted }, { dossier }) =>
        dossier.changeCriterion(turn.person, file, criterion, wanted, showed),
      criteriaCard,
      'Le critère est modifié.',
    ),
  ),
);

export const dropCriterion = action(
  'scenarios.dropCriterion',
  schema.DropCriterion,
  redraws(
    (turn, { file, criterion }, { dossier }) => dossier.dropCriterion(turn.person, file, criterion),
    criteriaCard,
    'Le critère est retiré.',
  ),
);
