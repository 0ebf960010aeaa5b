import { z } from 'zod';
import { WORD } from '../../../../core/routes/pages.ts';
import { action } from '../../../../core/routes/turns.ts';
import { linkCard } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { EvaluationServices } from '../../screens/services.ts';
import { evaluationDocument } from './documents.ts';

const Subject = schema.Reference.extend({ tenantId: z.string(), objectId: z.string() });

export const printed = action(
  'evaluations.document',
  schema.Reference,
  async (turn, { evaluation }, { evaluations, links }: EvaluationServices) => {
    await evaluations.evaluationSeenBy(evaluation, turn.person);
    const { tenantId, objectId } = turn.person;
    const url = await links.issue('evaluation', { evaluation, tenantId, objectId });
    await turn.reply(linkCard('L’évaluation est prête', 'Télécharger (.docx)', url));
    turn.notify('Le lien est ci-dessous.');
  },
);

/** The document behind a link: the right to the evaluation is checked again. */
export async function download(subject: unknown, { evaluations, documents }: EvaluationServices) {
  const { evaluation, ...person } = Subject.parse(subject);
  const answered = await evaluations.evaluationSeenBy(evaluation, person);
  return {
    fileName: `evaluation-contrat-${answered.contract.number}-${answered.evaluation.year}.docx`,
    mediaType: WORD,
    body: await documents.text(evaluationDocument(answered)),
  };
}
