import { join } from 'node:path';
import { z } from 'zod';
import { CONTENT_FOLDER } from '../../../../core/content.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { readYamlFile } from '../../../../core/process/yaml-file.ts';

export const FORMS_FILE = join(CONTENT_FOLDER, 'evaluations/grille.yaml');

/** The overall view, after the groups of the form: its section, and what its score is counted under. */
export const OVERALL = 'overall';
/** What « would you choose it again » is counted under. */
export const AGAIN = 'again';

const Id = z.string().regex(/^[a-z][a-zA-Z]*$/, 'un identifiant en lettres');
const Words = z.string().min(1, 'un texte');

const Criterion = z.strictObject({
  id: Id,
  title: Words,
  help: Words,
  /** It matters in the first year of a contract, or in the last, only: « sans objet » is proposed in the others. */
  only: z.enum(['beginning', 'end']).optional(),
});
const Group = z.strictObject({ id: Id, title: Words, criteria: z.array(Criterion).min(1).max(5) });

/** A version of the form: what a supplier owes its clients, by criterion, on a scale of five (guide 4.9). */
const Version = z.strictObject({
  id: z.string().regex(/^\d{4}-\d+$/, 'une version comme 2026-1'),
  /** A model that comes with the code, until the broker puts its own grid in its place (guide 4.9). */
  model: z.boolean().default(false),
  scale: z.strictObject({ 1: Words, 2: Words, 3: Words, 4: Words, 5: Words }),
  groups: z.array(Group).min(1).max(12),
});
const Forms = z.strictObject({ versions: z.array(Version).min(1) });

export type Form = z.output<typeof Version>;
export type Criterion = z.output<typeof Criterion>;
export type Group = z.output<typeof Group>;

/** Every version that evaluations were made with; the last is that of the new ones. */
export interface Forms {
  readonly latest: Form;
  /** Throws when no such version was ever published. */
  version(id: string): Form;
  /** The groups of criteria of every version, the latest wording of each. */
  readonly groups: readonly {
    readonly title: string;
    readonly criteria: readonly { readonly id: string; readonly title: string }[];
  }[];
}

/** Reads the versions of the form. Throws one sentence that names the file and the place when it cannot be used. */
export function readForms(file: string): Forms {
  const { versions } = readYamlFile(file, Forms);
  const refuse = (twice: string | undefined, where: string) => {
    if (twice) throw new CourtierError('invalid', `${file} : « ${twice} » est deux fois dans ${where}.`);
  };
  const repeated = (ids: readonly string[]) => ids.find((each, at) => ids.indexOf(each) !== at);
  refuse(repeated(versions.map(({ id }) => id)), 'les versions');
  for (const { id, groups } of versions) {
    const ids = groups.flatMap((group) => [group.id, ...group.criteria.map((criterion) => criterion.id)]);
    refuse(repeated([OVERALL, AGAIN, ...ids]), `la version ${id}`);
  }
  const latest = versions.at(-1);
  if (!latest) throw new Error('no version');
  return {
    latest,
    groups: merged(versions),
    version(id) {
      const found = versions.find((version) => version.id === id);
      if (!found) throw new Error(`no version ${id} of the form`);
      return found;
    },
  };
}

/** Groups of the latest version first, then what only earlier ones had. */
function merged(versions: readonly Form[]): Group[] {
  const groups: Group[] = [];
  const known = new Set<string>();
  for (const { groups: found } of versions.toReversed())
    for (const group of found) {
      const criteria = group.criteria.filter(({ id }) => !known.has(id));
      for (const { id } of criteria) known.add(id);
      const held = groups.find(({ id }) => id === group.id);
      if (held) held.criteria.push(...criteria);
      else if (criteria.length > 0) groups.push({ ...group, criteria });
    }
  return groups;
}

/** What is said of a grid that is not the broker's; nothing of its own. */
export const modelNotice = ({ model }: Form): string[] =>
  model
    ? [
        'Cette grille est un modèle : le gabarit du Courtier, que le guide prévoit (section 4.9), est à mettre à sa place.',
      ]
    : [];

export const criteriaOf = ({ groups }: Form) => groups.flatMap((group) => group.criteria);
