import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { frenchDay } from '../core/clock.ts';
import { CourtierError } from '../core/errors.ts';
import { guideFolder, openGuide, readGuide } from '../core/guide/index.ts';
import { count } from '../core/text/text.ts';
import { entriesFolder, type Problem, readContent } from '../features/knowledge/content/content.ts';
import { out } from './output.ts';
import { Refused } from './refused.ts';

/** `guide check`: what is missing or contradictory in a guide's folder, its facts and its texts. */
export function guideCommand(): Command {
  const check = new Command('check')
    .description('Vérifier le dossier du guide : ce qui manque, ce qui se contredit')
    .argument('[dossier]', 'le dossier à vérifier, comme celui de GUIDE_DIR', guideFolder())
    .option('--json', 'un document JSON')
    .action((folder: string, { json }: { json?: boolean }) => {
      if (!existsSync(folder)) throw new CourtierError('invalid', `Le dossier « ${folder} » n’existe pas.`);
      const { edition, entries, problems } = checkGuide(folder);
      if (json) out(JSON.stringify({ edition, entries, problems }));
      else
        for (const { file, line, sentence } of problems)
          out(`${line ? `${file}:${line}` : file} ${sentence}`);
      if (problems.length > 0) throw new Refused(`${count(problems.length, 'problème')} à corriger.`);
      if (!json)
        out(`L’édition du ${frenchDay(edition ?? '')} et ses ${entries} entrées : tout est en ordre.`);
    });
  return new Command('guide').description('L’édition du guide').addCommand(check.exitOverride());
}

/** The texts are read only with facts that hold: without them, each would be wrong for the same reason. */
function checkGuide(folder: string) {
  const { guide, problems: facts } = readGuide(folder);
  const problems: (Omit<Problem, 'line'> & { line?: number })[] = [...facts];
  if (!guide || facts.length > 0) return { edition: undefined, entries: 0, problems };
  openGuide(folder);
  if (!existsSync(entriesFolder()))
    return {
      edition: guide.edition.date,
      entries: 0,
      problems: [{ file: 'entries', sentence: 'Le dossier des textes manque.' }],
    };
  const { content, problems: texts } = readContent();
  problems.push(...texts.map((problem) => ({ ...problem, file: join('entries', problem.file) })));
  return { edition: guide.edition.date, entries: content.entries.length, problems };
}
