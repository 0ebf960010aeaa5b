import { frenchDay } from '../../../../core/clock.ts';
import { guide, withFacts } from '../../../../core/guide/index.ts';
import { writtenPath } from '../../../../core/text/path.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { Fiche } from './fiche.ts';
import { type Path, type Problem, problemsOf, valueAt } from './problems.ts';
import {
  type Context,
  forgotten,
  isPublishedOtherwise,
  neighbours,
  publicationProblems,
  vanished,
} from './publication.ts';
import { type Document, type Reading, readDocument } from './read.ts';

const MOST_PROBLEMS = 100;

export type Checked =
  | {
      readonly kind: 'valid';
      readonly fiche: Fiche;
      readonly warnings: readonly string[];
      /** What a version to come would undo, as the catalogue stands. */
      readonly forgotten: string | undefined;
    }
  | {
      readonly kind: 'refused';
      readonly problems: readonly Problem[];
      /** The fiche, where its only fault is that its version was published with another content. */
      readonly corrects?: Fiche;
    };

/** Checks a whole fiche file: its reading, its shape, its name, and its place in the catalogue. */
export function checkFile(
  fileName: string,
  bytes: Uint8Array | Reading,
  context: Context,
  days: BusinessDays,
): Checked {
  const reading = 'kind' in bytes ? bytes : readDocument(fileName, bytes);
  if (reading.kind === 'refused') return { kind: 'refused', problems: [reading.problem] };
  const { document } = reading;
  const parsed = Fiche.safeParse(document.data);
  const problems = [
    ...(document.problems ?? []),
    ...(parsed.success ? [] : problemsOf(parsed.error.issues, document.data)),
    ...fileNameProblems(fileName, document.data),
    ...duplicateProblems(document.data),
    ...ownerProblems(document.data, context),
    ...vanishedProblems(document.data, context),
    ...(parsed.success ? publicationProblems(parsed.data, context, days) : []),
  ];
  if (problems.length > 0 || !parsed.success)
    return {
      kind: 'refused',
      problems: problems.slice(0, MOST_PROBLEMS).map((problem) => located(problem, document)),
      ...(parsed.success && problems.length === 1 && isPublishedOtherwise(parsed.data, context)
        ? { corrects: parsed.data }
        : {}),
    };
  return {
    kind: 'valid',
    fiche: parsed.data,
    warnings: warningsOf(parsed.data),
    forgotten: forgotten(parsed.data, context.standing(parsed.data.supplier.id)),
  };
}

/** The line or the cell of a problem, found again from its path. */
function located(problem: Problem, document: Document): Problem {
  const path = [...problem.path.matchAll(/[^.[\]]+/g)].map(([part]) =>
    /^\d+$/.test(part) ? Number(part) : part,
  );
  if (problem.line !== undefined || problem.cell !== undefined) return problem;
  return { ...problem, ...document.placeOf(path) };
}

const FILE_NAME = /^([a-z0-9]+(?:-[a-z0-9]+)*)_(\d{4}-\d{2}-\d{2})\.(?:yaml|json|xlsx)$/;

function fileNameProblems(fileName: string, data: unknown): Problem[] {
  const supplier = valueAt(data, ['supplier', 'id']);
  const version = valueAt(data, ['version']);
  const name = FILE_NAME.exec(fileName);
  if (!name) {
    const expected =
      typeof supplier === 'string' && typeof version === 'string'
        ? `${supplier}_${version}.${/\.xlsx$/i.test(fileName) ? 'xlsx' : 'yaml'}`
        : undefined;
    return [
      {
        path: '',
        sentence: `Le nom « ${fileName.slice(0, 100)} » n'a pas la forme « fournisseur_AAAA-MM-JJ.yaml » ou « .json ».`,
        ...(expected && FILE_NAME.test(expected)
          ? { correction: `Renommez le fichier « ${expected} ».` }
          : {}),
      },
    ];
  }
  const problems: Problem[] = [];
  if (typeof supplier === 'string' && supplier !== name[1])
    problems.push({
      path: 'supplier.id',
      sentence: `Le nom du fichier dit « ${name[1]} », et la fiche « ${supplier.slice(0, 60)} ».`,
      correction: 'Accordez le nom du fichier et « supplier.id ».',
    });
  if (typeof version === 'string' && version !== name[2])
    problems.push({
      path: 'version',
      sentence: `Le nom du fichier porte la date ${name[2]}, et la fiche ${version.slice(0, 40)}.`,
      correction: 'Accordez le nom du fichier et « version ».',
    });
  return problems;
}

/** Every offer's id as it is written, even when the rest of the fiche is wrong. */
function offerIds(data: unknown): { readonly id: string; readonly path: Path }[] {
  const offers = valueAt(data, ['offers']);
  if (!Array.isArray(offers)) return [];
  return offers.flatMap((_, at) => {
    const path = ['offers', at, 'id'];
    const id = valueAt(data, path);
    return typeof id === 'string' ? [{ id, path }] : [];
  });
}

function duplicateProblems(data: unknown): Problem[] {
  const duplicates = (ids: readonly { id: string; path: Path }[], what: string): Problem[] => {
    const seen = new Set<string>();
    return ids.flatMap(({ id, path }) => {
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      return [
        { path: writtenPath(path), sentence: `L'identifiant « ${id.slice(0, 80)} » sert déjà à ${what}.` },
      ];
    });
  };
  const offers = valueAt(data, ['offers']);
  const components = (Array.isArray(offers) ? offers : []).flatMap((_, at) => {
    const listed = valueAt(data, ['offers', at, 'components']);
    const ids = (Array.isArray(listed) ? listed : []).flatMap((_component, index) => {
      const path = ['offers', at, 'components', index, 'id'];
      const id = valueAt(data, path);
      return typeof id === 'string' ? [{ id, path }] : [];
    });
    return duplicates(ids, 'une autre composante de cette offre');
  });
  return [...duplicates(offerIds(data), 'une autre offre de cette fiche'), ...components];
}

/** Offers whose id another supplier holds. */
export function ownerProblems(data: unknown, { ownerOf }: Context): Problem[] {
  const supplier = valueAt(data, ['supplier', 'id']);
  return offerIds(data).flatMap(({ id, path }) => {
    const owner = ownerOf(id);
    return owner === undefined || owner === supplier
      ? []
      : [
          {
            path: writtenPath(path),
            sentence: `L'identifiant « ${id} » appartient à une offre du fournisseur « ${owner} ».`,
            correction: 'Choisissez un identifiant unique dans tout le catalogue.',
          },
        ];
  });
}

/** An offer leaves the catalogue by being withdrawn, never by silence. */
function vanishedProblems(data: unknown, { standing }: Context): Problem[] {
  const supplier = valueAt(data, ['supplier', 'id']);
  const version = valueAt(data, ['version']);
  if (typeof supplier !== 'string' || typeof version !== 'string') return [];
  const { before } = neighbours(standing(supplier), version);
  const present = new Set(offerIds(data).map(({ id }) => id));
  return (before ? vanished(before, present) : []).map(({ id, name }) => ({
    path: 'offers',
    sentence: `L'offre « ${name} » (${id}) était dans la version du ${frenchDay(before?.version ?? '')} et n'est plus ici.`,
    correction: 'Gardez-la, avec « status: withdrawn » si elle est retirée.',
  }));
}

function warningsOf({ supplier, offers, frameworkAgreement, version }: Fiche): string[] {
  const warnings: string[] = [];
  const roles = new Set(supplier.contacts.map(({ role }) => role));
  if (!roles.has('commercial')) warnings.push('Aucune personne-ressource commerciale n’est nommée.');
  if (!roles.has('technical')) warnings.push('Aucune personne-ressource technique n’est nommée.');
  if (version > frameworkAgreement.end || version < frameworkAgreement.start)
    warnings.push('La date de cette version est hors de la période de l’entente-cadre.');
  for (const { name, trial, trainingLanguages, minimumTermMonths } of offers) {
    if (!trial) warnings.push(`« ${name} » n’a pas de banc d’essai.`);
    if (!trainingLanguages.includes('fr')) warnings.push(`« ${name} » n’offre pas de formation en français.`);
    if (minimumTermMonths > 12 * guide().rules.contractYears.value)
      warnings.push(
        `« ${name} » engage plus longtemps qu’un contrat ne peut durer (${withFacts('{{contractYears}}')}).`,
      );
  }
  return warnings;
}
