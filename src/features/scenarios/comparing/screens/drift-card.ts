import type { Card } from '../../../../core/card.ts';
import { count, escapeMarkdown, ofName } from '../../../../core/text/text.ts';
import type { AcquisitionFile } from '../../../acquisitions/index.ts';
import { changeLines, type Difference, type Fiche } from '../../../catalogue/index.ts';
import type { Drift } from '../store/choice-ground.ts';

/** Of the fiche that changed; the rest is a press away. */
const MOST_LINES = 3;

/** The fiche that took effect, and what it changed. */
interface Cause {
  readonly fiche: Fiche;
  readonly difference: Difference | undefined;
}

function causeView(cause: Cause, said: string | undefined) {
  if (said) return { cause: escapeMarkdown(said), changes: [] };
  const { name } = cause.fiche.supplier;
  const lines = changeLines(cause);
  const rest = lines.length - MOST_LINES;
  return {
    cause: escapeMarkdown(
      cause.difference ? `La fiche ${ofName(name)} vient de changer.` : `${name} est nouveau au Catalogue.`,
    ),
    changes: [
      ...lines.slice(0, MOST_LINES),
      ...(rest > 0 ? [`Et ${count(rest, 'autre ligne', 'autres lignes')}, dans le détail.`] : []),
    ].map((line) => ({ text: `• ${escapeMarkdown(line)}` })),
  };
}

/** A fiche changed what a file's scenario is worth. */
export function driftCard(
  { id, name, number }: AcquisitionFile,
  { sentence, lines }: Drift,
  cause: Cause,
  /** What the broker decided, where that moved it. */
  said?: string,
): Card {
  const { supplier, version } = cause.fiche;
  return {
    template: 'scenarios/drift',
    summary: `Dossier « ${name} » : ${sentence}`,
    view: {
      file: id,
      name: escapeMarkdown(name),
      number,
      sentence: escapeMarkdown(sentence),
      lines: lines.map((line) => ({ text: escapeMarkdown(line) })),
      ...causeView(cause, said),
      supplier: supplier.id,
      version,
    },
  };
}
