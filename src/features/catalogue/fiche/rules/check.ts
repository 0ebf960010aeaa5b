import type { BusinessDays } from '../../../../core/business-days.ts';
import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { guide, withFacts } from '../../../../core/guide/index.ts';
import { writtenPath } from '../../../../core/path.ts';
import { differenceOf } from './difference.ts';
import { Fiche, fingerprint, type Offer } from './fiche.ts';
import { type Path, type Problem, problemsOf, valueAt } from './problems.ts';
import { type Document, type Reading, readDocument } from './read.ts';
import { renamedPrices } from './same-offer.ts';

const MOST_PROBLEMS = 100;

/** What is known of the catalogue when a fiche is checked. */
export interface Context {
  /** The newest version of a supplier, in force or to come. */
  newest(supplier: string): Fiche | undefined;
  /** The fingerprint of a version that is published. */
  published(supplier: string, version: string): string | undefined;
  /** The supplier to whom an offer id belongs. */
  ownerOf(offer: string): string | undefined;
  /** The offers that a supplier's newest version does not have any more, as they were last. */
  gone(supplier: string): readonly GoneOffer[];
}

export interface GoneOffer {
  readonly offer: Offer;
  /** The date of the first version without it. */
  readonly since: string;
}

export const EMPTY_CONTEXT: Context = {
  newest: () => undefined,
  published: () => undefined,
  ownerOf: () => undefined,
  gone: () => [],
};

export type Checked =
  | { readonly kind: 'valid'; readonly fiche: Fiche; readonly warnings: readonly string[] }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

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
    };
  return { kind: 'valid', fiche: parsed.data, warnings: warningsOf(parsed.data) };
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
    return duplicates(ids, 'un autre composant de cette offre');
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
function vanishedProblems(data: unknown, { newest }: Context): Problem[] {
  const supplier = valueAt(data, ['supplier', 'id']);
  const before = typeof supplier === 'string' ? newest(supplier) : undefined;
  const version = valueAt(data, ['version']);
  if (!before || (typeof version === 'string' && version <= before.version)) return [];
  const present = new Set(offerIds(data).map(({ id }) => id));
  return before.offers
    .filter(({ id, status }) => status !== 'withdrawn' && !present.has(id))
    .map(({ id, name }) => ({
      path: 'offers',
      sentence: `L'offre « ${name} » (${id}) était dans la version du ${frenchDay(before.version)} et n'est plus ici.`,
      correction: 'Gardez-la, avec « status: withdrawn » si elle est retirée.',
    }));
}

/**
 * The rules of publication: a published version never changes, versions go forward in time, and prices
 * change on the first business day of a month.
 */
export function publicationProblems(fiche: Fiche, context: Context, days: BusinessDays): Problem[] {
  const problem = (sentence: string, correction: string): Problem => ({
    path: 'version',
    sentence,
    correction,
  });
  const published = context.published(fiche.supplier.id, fiche.version);
  if (published === fingerprint(fiche)) return [];
  if (published !== undefined)
    return [
      problem(
        `La version du ${frenchDay(fiche.version)} est déjà publiée, avec un autre contenu. Une version publiée ne change plus.`,
        'Publiez ces changements sous une date ultérieure.',
      ),
    ];
  const before = context.newest(fiche.supplier.id);
  if (!before) return [];
  if (fiche.version < before.version)
    return [
      problem(
        `Une version plus récente, celle du ${frenchDay(before.version)}, est déjà publiée.`,
        'Les versions d’un fournisseur vont en avançant : donnez une date ultérieure.',
      ),
    ];
  const date = Temporal.PlainDate.from(fiche.version);
  if (days.priceDate(date).equals(date)) return [];
  const next = days.nextPriceDate(date);
  const goneSince = (day: Temporal.PlainDate) =>
    context
      .gone(fiche.supplier.id)
      .filter(({ since }) => since >= day.toString())
      .map(({ offer }) => offer);
  const off = `le ${frenchDate(date)} n'est pas le ${withFacts('{{priceDay}}')} jour ouvrable du mois (guide, section 3.2).`;
  const whenAllowed = `La prochaine date permise est le ${frenchDate(next)} : écrivez « ${next} » dans la fiche et dans le nom du fichier.`;
  return [
    ...(differenceOf(before, fiche).changesPrices
      ? [problem(`Cette version change un prix, et ${off}`, whenAllowed)]
      : []),
    ...renamedPrices(before.offers, goneSince(lastPriceDate(date, days)), fiche).map(({ was, is }) =>
      problem(`${takenUp(was, is)}, et ${off}`, whenAllowed),
    ),
  ];
}

/** The newest day on or before a date on which prices could change. */
function lastPriceDate(date: Temporal.PlainDate, days: BusinessDays): Temporal.PlainDate {
  const thisMonth = days.priceDate(date);
  return Temporal.PlainDate.compare(thisMonth, date) > 0
    ? days.priceDate(date.subtract({ months: 1 }))
    : thisMonth;
}

const takenUp = (was: Offer, is: Offer): string =>
  was.id === is.id
    ? `L'offre « ${is.name} » (${is.id}) revient au Catalogue à un autre prix`
    : `L'offre « ${is.name} » (${is.id}) reprend « ${was.name} » (${was.id}) sous un nouvel identifiant et à un autre prix`;

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
