import type { Card } from '../../../../core/card.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import type { AcquisitionFile } from '../../../acquisitions/index.ts';
import type { Drift } from '../store/choice-ground.ts';

/** A fiche changed what a file's scenario is worth. */
export const driftCard = (
  { id, name, number }: AcquisitionFile,
  { sentence, lines }: Drift,
  supplier: string,
  version: string,
): Card => ({
  template: 'scenarios/drift',
  summary: `Dossier « ${name} » : ${sentence}`,
  view: {
    file: id,
    name: escapeMarkdown(name),
    number,
    sentence: escapeMarkdown(sentence),
    lines: lines.map((line) => ({ text: escapeMarkdown(line) })),
    supplier,
    version,
  },
});
