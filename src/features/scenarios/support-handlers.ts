import { brokerDate } from '../../core/business-days.ts';
import { action, creating } from '../../core/feature.ts';
import type { ActionTurn } from '../../core/turn.ts';
import type { CatalogueService } from '../catalogue/index.ts';
import type { Dossier } from './dossier.ts';
import type { ScenarioServices } from './handlers.ts';
import * as schema from './schema.ts';
import * as cards from './support-cards.ts';

export interface SupportServices extends ScenarioServices {
  readonly catalogue: CatalogueService;
  readonly dossier: Dossier;
}

type Draw = (view: cards.SupportView) => ReturnType<typeof cards.clarificationsCard>;

/** The card of what supports the choice, as it stands now. */
async function show(
  turn: ActionTurn,
  file: string,
  draw: Draw,
  services: SupportServices,
  notice = '',
): Promise<void> {
  const { files, dossier, catalogue, clock } = services;
  turn.update(
    draw({
      file: await files.find(file, turn.person),
      support: await dossier.of(file, turn.person),
      view: await catalogue.current(),
      today: brokerDate(clock.now()).toString(),
      notice,
    }),
  );
}

export const clarifications = action(
  'scenarios.clarifications',
  schema.File,
  (turn, { file }, services: SupportServices) => show(turn, file, cards.clarificationsCard, services),
);

export const clarify = creating(
  'scenarios.clarify',
  schema.Clarify,
  async (turn, { file, supplier, question }, services: SupportServices) => {
    await services.dossier.ask(turn.person, file, supplier, question, turn.effect);
    await show(
      turn,
      file,
      cards.clarificationsCard,
      services,
      'La question est notée. Envoyez-la au fournisseur : il a trois jours ouvrables.',
    );
  },
);

export const clarified = action(
  'scenarios.clarified',
  schema.Clarified,
  async (turn, { file, clarification, answer }, services: SupportServices) => {
    await services.dossier.answer(turn.person, file, clarification, answer);
    await show(turn, file, cards.clarificationsCard, services, 'La réponse est au dossier.');
  },
);

export const trials = action('scenarios.trials', schema.File, (turn, { file }, services: SupportServices) =>
  show(turn, file, cards.trialsCard, services),
);

export const planTrial = creating(
  'scenarios.planTrial',
  schema.Trial,
  async (turn, { file, ...trial }, services: SupportServices) => {
    await services.dossier.plan(turn.person, file, trial, turn.effect);
    await show(
      turn,
      file,
      cards.trialsCard,
      services,
      'Le banc d’essai est prévu. Demandez-le au fournisseur.',
    );
  },
);

export const concludeTrial = action(
  'scenarios.concludeTrial',
  schema.TrialResult,
  async (turn, { file, trial, result }, services: SupportServices) => {
    await services.dossier.conclude(turn.person, file, trial, result);
    await show(turn, file, cards.trialsCard, services, 'Le résultat est au dossier.');
  },
);

export const criteria = action(
  'scenarios.criteria',
  schema.File,
  (turn, { file }, services: SupportServices) => show(turn, file, cards.criteriaCard, services),
);

export const weigh = creating(
  'scenarios.weigh',
  schema.Criterion,
  async (turn, { file, ...criterion }, services: SupportServices) => {
    await services.dossier.weigh(turn.person, file, criterion, turn.effect);
    await show(turn, file, cards.criteriaCard, services, 'Le critère est au dossier.');
  },
);

export const dropCriterion = action(
  'scenarios.dropCriterion',
  schema.DropCriterion,
  async (turn, { file, criterion }, services: SupportServices) => {
    await services.dossier.drop(turn.person, file, criterion);
    await show(turn, file, cards.criteriaCard, services, 'Le critère est retiré.');
  },
);
