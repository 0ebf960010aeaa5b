import { brokerDate } from '../../core/business-days.ts';
import type { Clock } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import { action, creating } from '../../core/feature.ts';
import type { Documents } from '../../core/ports.ts';
import type { ActionTurn, MessageTurn } from '../../core/turn.ts';
import type { Files } from '../acquisitions/index.ts';
import type { Links } from '../people/index.ts';
import * as cards from './cards.ts';
import * as choiceCards from './choice-cards.ts';
import { comparisonSheets, justification } from './documents.ts';
import type { Dossier } from './dossier.ts';
import { obstaclesOf } from './eligibility.ts';
import * as scenarioCards from './scenario-cards.ts';
import * as schema from './schema.ts';
import type { ScenarioService } from './service.ts';

export interface ScenarioServices {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly links: Links;
  readonly files: Files;
  readonly scenarios: ScenarioService;
  /** The broker's management fee in percent, « 2.5 », when it is configured. */
  readonly feePercent: string | undefined;
}

/** `comparer`: the scenarios of the only open file; otherwise, which file. */
export async function openComparison(
  turn: MessageTurn,
  { files, scenarios, feePercent }: ScenarioServices,
): Promise<void> {
  const [file, ...others] = await files.of(turn.person, 'open');
  if (!file) await turn.reply('Créez d’abord un dossier : écrivez « mon dossier ».');
  else if (others.length > 0)
    await turn.reply('Vous avez plusieurs dossiers : choisissez-en un avec « mon dossier ».');
  else await turn.reply(cards.comparisonCard(await scenarios.of(file.id, turn.person), 1, feePercent));
}

export const shortlist = action(
  'scenarios.shortlist',
  schema.FilePage,
  async (turn, { file, page }, { scenarios }: ScenarioServices) =>
    turn.update(cards.shortlistCard(await scenarios.of(file, turn.person), page)),
);

export const confirmShortlist = creating(
  'scenarios.confirmShortlist',
  schema.File,
  async (turn, { file }, services: ScenarioServices) => {
    const { request, fiches } = await services.scenarios.of(file, turn.person);
    const meeting = fiches
      .flatMap(({ offers }) => offers)
      .filter((offer) => obstaclesOf(offer, request).length === 0).length;
    await services.scenarios.confirmShortlist(turn.person, file, meeting, turn.effect);
    await showComparison(turn, file, 1, services, 'La liste est confirmée. Voici les scénarios.');
  },
);

async function showComparison(
  turn: ActionTurn,
  file: string,
  page: number,
  { scenarios, feePercent }: ScenarioServices,
  notice = '',
) {
  turn.update(cards.comparisonCard(await scenarios.of(file, turn.person), page, feePercent, notice));
}

export const compareAll = action(
  'scenarios.compare',
  schema.FilePage,
  (turn, { file, page }, services: ScenarioServices) => showComparison(turn, file, page, services),
);

export const scenario = action(
  'scenarios.scenario',
  schema.FileSupplier,
  async (turn, { file, supplier }, { scenarios }: ScenarioServices) => {
    const card = scenarioCards.scenarioCard(await scenarios.of(file, turn.person), supplier);
    if (!card) throw notFound();
    turn.update(card);
  },
);

export const months = action(
  'scenarios.months',
  schema.FileSupplierPage,
  async (turn, { file, supplier, page }, { scenarios }: ScenarioServices) => {
    const card = scenarioCards.monthsCard(await scenarios.of(file, turn.person), supplier, page);
    if (!card) throw notFound();
    turn.update(card);
  },
);

export const excluded = action(
  'scenarios.excluded',
  schema.FilePage,
  async (turn, { file, page }, { scenarios }: ScenarioServices) =>
    turn.update(cards.excludedCard(await scenarios.of(file, turn.person), page)),
);

export const whatIf = action(
  'scenarios.whatIf',
  schema.File,
  async (turn, { file }, { scenarios }: ScenarioServices) =>
    turn.update(cards.whatIfCard(await scenarios.of(file, turn.person))),
);

export const choose = action(
  'scenarios.choose',
  schema.FileSupplier,
  async (turn, { file, supplier }, { scenarios }: ScenarioServices) => {
    await scenarios.choose(turn.person, file, supplier);
    turn.update(choiceCards.choiceCard(await scenarios.of(file, turn.person), 'Le choix est noté.'));
  },
);

export const choice = action(
  'scenarios.choice',
  schema.File,
  async (turn, { file }, { scenarios }: ScenarioServices) =>
    turn.update(choiceCards.choiceCard(await scenarios.of(file, turn.person))),
);

export const authorize = action(
  'scenarios.authorize',
  schema.Authorization,
  async (turn, { file, ...authorization }, { scenarios }: ScenarioServices) => {
    await scenarios.authorize(turn.person, file, authorization);
    turn.update(choiceCards.choiceCard(await scenarios.of(file, turn.person), 'L’autorisation est notée.'));
  },
);

export const sealNow = action(
  'scenarios.seal',
  schema.File,
  async (turn, { file }, { scenarios }: ScenarioServices) => {
    await scenarios.seal(turn.person, file);
    await showSeals(turn, file, 1, scenarios, 'La comparaison est scellée.');
  },
);

async function showSeals(
  turn: ActionTurn,
  file: string,
  page: number,
  scenarios: ScenarioService,
  notice = '',
) {
  const [held, seals] = [await scenarios.of(file, turn.person), await scenarios.seals(file, turn.person)];
  turn.update(choiceCards.sealsCard(held, seals, page, notice));
}

export const seals = action(
  'scenarios.seals',
  schema.FilePage,
  (turn, { file, page }, { scenarios }: ScenarioServices) => showSeals(turn, file, page, scenarios),
);

export const verify = action(
  'scenarios.verify',
  schema.FileSeal,
  async (turn, { file, seal }, { scenarios }: ScenarioServices) => {
    const { same } = await scenarios.verify(file, seal, turn.person);
    const said = same
      ? 'Recalculée à partir des mêmes fiches : l’empreinte est identique.'
      : 'Recalculée, l’empreinte diffère : prévenez l’équipe du Courtier.';
    await showSeals(turn, file, 1, scenarios, said);
  },
);

const DOCUMENTS = {
  scenarioWorkbook: { what: 'Votre classeur', button: 'Télécharger (.xlsx)' },
  scenarioJustification: { what: 'Votre texte de justification', button: 'Télécharger (.docx)' },
} as const;

async function sendLink(
  turn: ActionTurn,
  kind: keyof typeof DOCUMENTS,
  file: string,
  { links, scenarios }: ScenarioServices,
) {
  await scenarios.of(file, turn.person);
  const { tenantId, objectId } = turn.person;
  const url = await links.issue(kind, { file, tenantId, objectId });
  await turn.reply(choiceCards.linkCard(url, DOCUMENTS[kind].what, DOCUMENTS[kind].button));
  turn.notify('Le lien est ci-dessous.');
}

export const workbook = action(
  'scenarios.workbook',
  schema.File,
  (turn, { file }, services: ScenarioServices) => sendLink(turn, 'scenarioWorkbook', file, services),
);

export const justify = action(
  'scenarios.justify',
  schema.File,
  (turn, { file }, services: ScenarioServices) => sendLink(turn, 'scenarioJustification', file, services),
);

/** The files behind the links: the right to the acquisition file is checked again. */
export async function downloadWorkbook(subject: unknown, { scenarios, documents, clock }: ScenarioServices) {
  const { file, ...person } = schema.Subject.parse(subject);
  const held = await scenarios.of(file, person);
  return {
    fileName: `comparaison-dossier-${held.file.number}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: await documents.workbook(comparisonSheets(held, brokerDate(clock.now()))),
  };
}

export async function downloadJustification(
  subject: unknown,
  { scenarios, dossier, documents, clock }: ScenarioServices & { readonly dossier: Dossier },
) {
  const { file, ...person } = schema.Subject.parse(subject);
  const held = await scenarios.of(file, person);
  if (!held.choice) throw notFound();
  return {
    fileName: `justification-dossier-${held.file.number}.docx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    body: await documents.text(
      justification(held, held.choice, await dossier.of(file, person), brokerDate(clock.now())),
    ),
  };
}
