import { EXCEL } from '../../../../core/routes/pages.ts';
import { action } from '../../../../core/routes/turns.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { Belonging } from '../../../people/index.ts';
import * as schema from '../../screens/schema.ts';
import type { Dossier } from '../../supporting/store/dossier.ts';
import type { ScenarioServices } from './actions.ts';
import * as choiceCards from './choice-cards.ts';
import { comparisonSheets, justification } from './documents.ts';

const DOCUMENTS = {
  scenarioWorkbook: { what: 'Votre classeur', button: 'Télécharger (.xlsx)' },
  scenarioJustification: { what: 'Votre texte de justification', button: 'Télécharger (.docx)' },
} as const;

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
export async function downloadWorkbook(
  subject: unknown,
  { scenarios, dossier, documents, clock }: ScenarioServices & { readonly dossier: Dossier },
) {
  const { file, ...person } = schema.Subject.parse(subject);
  const held = await scenarios.comparisonOf(file, person);
  const { criteria } = await dossier.supportOf(file, person);
  return {
    fileName: `comparaison-dossier-${held.file.number}.xlsx`,
    mediaType: EXCEL,
    body: await documents.workbook(comparisonSheets(held, criteria, brokerDate(clock.now()))),
  };
}

export async function downloadJustification(
  subject: unknown,
  {
    scenarios,
    dossier,
    documents,
    clock,
    belonging,
  }: ScenarioServices & { readonly dossier: Dossier; readonly belonging: Belonging },
) {
  const { file, ...person } = schema.Subject.parse(subject);
  const { held, choice } = await scenarios.justifiable(file, person);
  return {
    fileName: `justification-dossier-${held.file.number}.docx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    body: await documents.text(
      justification(
        held,
        choice,
        await dossier.supportOf(file, person),
        (await belonging.bodyOf(person))?.name,
        brokerDate(clock.now()),
      ),
    ),
  };
}

async function sendLink(
  turn: ActionTurn,
  kind: keyof typeof DOCUMENTS,
  file: string,
  { links, scenarios }: ScenarioServices,
) {
  if (kind === 'scenarioJustification') await scenarios.justifiable(file, turn.person);
  else await scenarios.comparisonOf(file, turn.person);
  const { tenantId, objectId } = turn.person;
  const url = await links.issue(kind, { file, tenantId, objectId });
  await turn.reply(choiceCards.linkCard(url, DOCUMENTS[kind].what, DOCUMENTS[kind].button));
  turn.notify('Le lien est ci-dessous.');
}
