import { Command } from 'commander';
import type { Environment } from '../config.ts';
import { count } from '../core/text/text.ts';
import { type Break, type Verified, verifyChain } from '../features/people/index.ts';
import { withDatabase } from './database.ts';
import { out } from './output.ts';
import { Refused } from './refused.ts';

const WHY: Record<Break['why'], string> = {
  start: 'ce qui le précède a disparu sans que sa durée de conservation soit passée',
  missing: 'ce maillon manque',
  loose: 'il ne suit pas le maillon qui le précède',
  gone: 'sa ligne du journal a disparu',
  changed: 'sa ligne du journal n’est plus celle qui a été écrite',
};

/** What is wrong, in one sentence; undefined when the chain holds. */
function refusalOf({ broken, unlinked, noted }: Verified): string | undefined {
  if (broken) return `La chaîne est rompue au maillon nº ${broken.position} : ${WHY[broken.why]}.`;
  if (unlinked > 0)
    return `${count(unlinked, 'ligne')} du journal hors de la chaîne : la base a été écrite sans ses règles.`;
  if (noted === false)
    return 'L’empreinte donnée n’est pas dans la chaîne : sa fin a été retirée, ou la chaîne a été refaite.';
  return undefined;
}

/** `journal check`: whether the audit trail is as it was written, and where it is not any more. */
export function journalCommand(env: Environment): Command {
  const check = new Command('check')
    .description('Vérifier la chaîne du journal : chaque ligne, et son lien avec la précédente')
    .option('--head <empreinte>', 'l’empreinte d’un maillon, notée ailleurs lors d’une vérification d’avant')
    .option('--json', 'un document JSON')
    .action(async ({ json, head: noted }: { json?: boolean; head?: string }) => {
      const verified = await withDatabase(env, (db) => verifyChain(db, noted?.trim().toLowerCase()));
      const { links, head, broken, unlinked } = verified;
      const refusal = refusalOf(verified);
      if (json)
        out(
          JSON.stringify({
            valid: refusal === undefined,
            links,
            head: head ?? null,
            broken: broken ?? null,
            unlinked,
            noted: verified.noted ?? null,
          }),
        );
      if (refusal) throw new Refused(refusal);
      if (json) return;
      out(`La chaîne du journal est intacte : ${count(links, 'maillon')}.`);
      if (head) out(`Le dernier est le nº ${head.position}, d’empreinte ${head.hash} : notez-la ailleurs.`);
    });
  return new Command('journal').description('Le journal des actions').addCommand(check.exitOverride());
}
