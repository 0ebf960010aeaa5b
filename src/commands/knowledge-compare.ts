import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import JSZip from 'jszip';
import type { Environment } from '../config.ts';
import { CourtierError } from '../core/errors.ts';
import { guideFolder, openGuide } from '../core/guide/index.ts';
import { count, shareText } from '../core/text/text.ts';
import { readContent } from '../features/knowledge/content/content.ts';
import {
  type Comparison,
  compareMaterials,
  type Learning,
  learning,
  materialOfContent,
} from '../features/knowledge/improving/comparing.ts';
import { knownQuestions } from '../features/knowledge/improving/known-questions.ts';
import type { KnownQuestion, Moved } from '../features/knowledge/improving/rules/judging.ts';
import { withDatabase } from './database.ts';
import { out } from './output.ts';
import { Refused } from './refused.ts';

/** A guide with its entries, zipped, is far smaller. */
const MOST_BYTES = 64 * 1024 * 1024;
const NOTHING: Learning = { entries: [], learned: { wordings: [], offTopic: [] }, bench: [] };

/** Prints which known questions are answered otherwise with the content of the working folder than at a revision. */
export async function compareWith(
  env: Environment,
  revision: string,
  { live, json }: { live?: boolean; json?: boolean },
): Promise<void> {
  const taught = live ? await withDatabase(env, learning) : NOTHING;
  const known = [...knownQuestions(), ...taught.bench];
  const before = await contentAt(revision);
  const after = readContent().content;
  const compared = compareMaterials(
    { ...materialOfContent(before, taught), known },
    materialOfContent(after, taught),
  );
  if (json) out(JSON.stringify({ revision, ...compared }));
  else tell(revision, known, compared);
  const worse = compared.changes.filter(({ how }) => how === 'worse').length;
  if (worse > 0) throw new Refused(`${count(worse, 'question va', 'questions vont')} moins bien.`);
}

const WHERE: Record<KnownQuestion['from'], string> = {
  kept: 'Questions gardées à part',
  reported: 'Questions signalées',
  bench: 'Banc de l’équipe',
};
const HOW: Record<Moved['how'], string> = { better: 'Mieux', worse: 'Moins bien', moved: 'Autrement' };

function tell(revision: string, known: readonly KnownQuestion[], { rates, changes }: Comparison): void {
  out(`Du contenu de « ${revision} » à celui du dossier de travail :`);
  for (const { from, total, before, after } of rates)
    out(`  ${WHERE[from]} : ${before} puis ${after} justes sur ${total} (${shareText(after, total)}).`);
  for (const how of ['worse', 'better', 'moved'] as const) {
    const these = changes.filter((each) => each.how === how);
    out(`${HOW[how]} : ${these.length}`);
    for (const { text, before, after } of these) out(`  ${text}\n    ${inWords(before)} → ${inWords(after)}`);
  }
  if (changes.length === 0)
    out(`Aucune des ${count(known.length, 'question connue', 'questions connues')} ne change.`);
}

const inWords = ({ outcome, first }: Moved['before']): string =>
  outcome === 'none' ? 'aucune réponse' : outcome === 'choice' ? `un choix, d’abord ${first}` : String(first);

/** The content of the guide's folder at a git revision, read with the facts that it had then. */
async function contentAt(revision: string) {
  const current = guideFolder();
  const folder = mkdtempSync(join(tmpdir(), 'courtier-revision-'));
  try {
    const zip = await JSZip.loadAsync(archived(revision, current));
    for (const file of Object.values(zip.files)) {
      if (file.dir) continue;
      const path = join(folder, file.name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, await file.async('nodebuffer'));
    }
    openGuide(folder);
    return readContent().content;
  } finally {
    openGuide(current);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder of the guide at a revision, as git zips it. */
function archived(revision: string, folder: string): Buffer {
  // What begins with a hyphen would be an option.
  if (/^-/.test(revision)) throw noRevision(revision);
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: folder, maxBuffer: MOST_BYTES, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    git('rev-parse', '--is-inside-work-tree');
  } catch (cause) {
    throw new CourtierError(
      'invalid',
      `Il n’y a pas de révision à comparer : git manque, ou « ${folder} » n’est pas dans un dépôt git.`,
      cause,
    );
  }
  try {
    return git('archive', '--format=zip', revision);
  } catch (cause) {
    throw noRevision(revision, cause);
  }
}

const noRevision = (revision: string, cause?: unknown) =>
  new CourtierError(
    'invalid',
    `La révision « ${revision} » n’existe pas, ou le dossier du guide n’y était pas encore.`,
    cause,
  );
