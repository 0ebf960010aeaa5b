import { existsSync } from 'node:fs';
import { Command } from 'commander';
import type { Environment } from '../config.ts';
import { CourtierError } from '../core/errors.ts';
import { count } from '../core/text/text.ts';
import { entriesFolder, readContent } from '../features/knowledge/content/content.ts';
import { out } from './output.ts';
import { Refused } from './refused.ts';

/** `knowledge check`: every broken file with its line and a sentence; `knowledge compare`: what a change would do. */
export function knowledgeCommand(env: Environment): Command {
  const check = new Command('check')
    .description('Vérifier les fichiers de la base de connaissances')
    .argument('[dossier]', 'le dossier à vérifier', entriesFolder())
    .option('--json', 'un document JSON')
    .action((folder: string, { json }: { json?: boolean }) => {
      if (!existsSync(folder)) throw new CourtierError('invalid', `Le dossier « ${folder} » n’existe pas.`);
      const { content, problems } = readContent(folder);
      const questions = content.entries.reduce((sum, entry) => sum + entry.questions.length, 0);
      if (json) out(JSON.stringify({ entries: content.entries.length, questions, problems }));
      else for (const { file, line, sentence } of problems) out(`${file}:${line} ${sentence}`);
      if (problems.length > 0) throw new Refused(`${count(problems.length, 'problème')} à corriger.`);
      if (!json)
        out(`${content.entries.length} entrées et ${questions} questions d’usagers : tout est en ordre.`);
    });
  const compare = new Command('compare')
    .description(
      'Comparer les réponses du dossier de travail à celles d’une révision : ce qui va mieux, ou moins bien',
    )
    .argument('[révision]', 'la révision git à laquelle comparer', 'HEAD')
    .option('--live', 'avec les réponses, les formulations et le banc de l’équipe, tels que dans la base')
    .option('--json', 'un document JSON')
    .action(async (revision: string, options: { live?: boolean; json?: boolean }) =>
      (await import('./knowledge-compare.ts')).compareWith(env, revision, options),
    );
  return new Command('knowledge')
    .description('La base de connaissances')
    .addCommand(check.exitOverride())
    .addCommand(compare.exitOverride());
}
