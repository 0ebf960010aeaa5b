import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { writtenPath } from '../text/path.ts';
import { contradictions } from './check.ts';
import { fillFacts } from './facts.ts';
import { FILES, type Guide, type GuideProblem } from './schema.ts';

const { localeError: error } = z.locales.frCA();

/** Reads the facts of a guide's folder and checks them, each and together. No guide when a file cannot be used. */
export function readGuide(folder: string): { guide: Guide | undefined; problems: GuideProblem[] } {
  const problems: GuideProblem[] = [];
  const read = Object.entries(FILES).map(([name, { file, schema }]) => {
    const refuse = (sentence: string) => void problems.push({ file, sentence });
    let content: unknown;
    try {
      content = parse(readFileSync(join(folder, file), 'utf8'));
    } catch {
      refuse("Le fichier manque, ou ce n'est pas du YAML valide.");
      return [name, undefined];
    }
    const parsed = schema.safeParse(content, { error });
    if (parsed.success) return [name, parsed.data];
    for (const issue of parsed.error.issues)
      refuse(`« ${writtenPath(issue.path) || 'le fichier'} » : ${issue.message}.`.replace(/\.\.$/, '.'));
    return [name, undefined];
  });
  if (problems.length > 0) return { guide: undefined, problems };
  const guide = Object.fromEntries(read) as Guide;
  const found = contradictions(guide);
  return found.length > 0
    ? { guide: undefined, problems: found }
    : { guide: filled(guide, guide), problems: [] };
}

/** The same data, in whose texts `{{cspq}}` is what the guide says. */
function filled<T>(value: T, guide: Guide): T;
function filled(value: unknown, guide: Guide): unknown {
  if (typeof value === 'string') return fillFacts(value, guide);
  if (Array.isArray(value)) return value.map((item) => filled(item, guide));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, guide)]));
}
