import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CONTACT_IDS, guide, missingFacts, withFacts } from '../../../core/guide/index.ts';
import { Slug, TITLE_IS_A_QUESTION } from '../screens/schema.ts';
import type { Problem } from './problem.ts';

const FILE = 'silences.yaml';

/** A question that people ask and that the guide leaves open: what is said instead, and where to read further. */
export const Silence = z.strictObject({
  id: Slug,
  title: TITLE_IS_A_QUESTION,
  /** The honest sentence, then what the guide does say beside it. */
  says: z.string().min(40).max(700),
  /** Entries that are near, the nearest first. */
  see: z.array(Slug).min(1).max(3),
  contact: z.enum(CONTACT_IDS),
  questions: z.array(z.string().min(3).max(300)).min(4),
});
export type Silence = z.infer<typeof Silence>;

/** Reads what the guide does not say. A file that cannot be used adds its problems and gives nothing. */
export function readSilences(folder: string, known: ReadonlySet<string>, problems: Problem[]): Silence[] {
  const refuse = (sentence: string) => void problems.push({ file: FILE, line: 1, sentence });
  let text: string;
  try {
    text = readFileSync(join(folder, FILE), 'utf8');
  } catch {
    refuse('Le fichier manque.');
    return [];
  }
  const missing = missingFacts(text, guide());
  for (const key of missing) refuse(`« {{${key}}} » ne désigne rien dans le guide.`);
  if (missing.length > 0) return [];
  const read = z.array(Silence).safeParse(yamlOf(withFacts(text)));
  if (!read.success) {
    refuse(`${z.prettifyError(read.error)}.`);
    return [];
  }
  for (const { id, see } of read.data) {
    if (known.has(id)) refuse(`L'identifiant « ${id} » est déjà celui d'une entrée.`);
    for (const near of see) if (!known.has(near)) refuse(`« ${id} » : « ${near} » ne désigne aucune entrée.`);
  }
  return read.data;
}

function yamlOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
