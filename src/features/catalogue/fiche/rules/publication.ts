import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { withFacts } from '../../../../core/guide/index.ts';
import { count } from '../../../../core/text/text.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { type Change, differenceOf } from './difference.ts';
import { type Fiche, fingerprint, type Offer } from './fiche.ts';
import type { Problem } from './problems.ts';
import { renamedPrices } from './same-offer.ts';

/** What is known of the catalogue when a fiche is checked. */
export interface Context {
  /** A supplier's version in force and those to come, the oldest first. */
  standing(supplier: string): readonly Fiche[];
  /** The fingerprint of a version that is published; empty for an example that was removed. */
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
  standing: () => [],
  published: () => undefined,
  ownerOf: () => undefined,
  gone: () => [],
};

/** The versions between which one of this date comes. */
export const neighbours = (standing: readonly Fiche[], version: string) => ({
  before: standing.findLast((fiche) => fiche.version < version),
  after: standing.find((fiche) => fiche.version > version),
});

/** Offers of a version that a later one neither has nor withdraws. */
export const vanished = ({ offers }: Fiche, present: ReadonlySet<string>): Offer[] =>
  offers.filter(({ id, status }) => status !== 'withdrawn' && !present.has(id));

const problem = (sentence: string, correction: string): Problem => ({
  path: 'version',
  sentence,
  correction,
});

/** Whether the version of a fiche was published with another content. */
export function isPublishedOtherwise(fiche: Fiche, context: Context): boolean {
  const published = context.published(fiche.supplier.id, fiche.version);
  return published !== undefined && published !== fingerprint(fiche);
}

/**
 * The rules of publication (guide 3.2): a published version never changes, versions go forward from the one in force,
 * and prices change on the first business day of a month. One may come before those that are to come.
 */
export function publicationProblems(fiche: Fiche, context: Context, days: BusinessDays): Problem[] {
  const { supplier, version } = fiche;
  const published = context.published(supplier.id, version);
  if (published === fingerprint(fiche)) return [];
  if (published === '')
    return [
      problem(
        `La version du ${frenchDay(version)} était un exemple, retiré du catalogue.`,
        'Publiez la vraie fiche sous une autre date.',
      ),
    ];
  if (published !== undefined)
    return [
      problem(
        `La version du ${frenchDay(version)} est déjà publiée, avec un autre contenu. Une version publiée ne change plus.`,
        'Publiez ces changements sous une date ultérieure. Si elle n’est pas encore en vigueur, vous pouvez aussi l’annuler dans « fiches », puis la publier de nouveau ; si elle est en vigueur et contient une erreur, déposez ce fichier seul dans notre conversation pour la corriger.',
      ),
    ];
  const standing = context.standing(supplier.id);
  const { before, after } = neighbours(standing, version);
  if (!before)
    return standing[0]
      ? [
          problem(
            `Une version plus récente, celle du ${frenchDay(standing[0].version)}, est déjà publiée.`,
            'Les versions d’un fournisseur vont en avançant : donnez une date ultérieure.',
          ),
        ]
      : [];
  return [
    ...priceProblems(before, fiche, context, days),
    ...(after ? followingProblems(fiche, after, context, days) : []),
  ];
}

/** Prices that change from a version to the next, on a day when they may not. */
function priceProblems(before: Fiche, fiche: Fiche, context: Context, days: BusinessDays): Problem[] {
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

/** What a version to come would do after this one, and may not: it was written without it. */
export function followingProblems(
  fiche: Fiche,
  after: Fiche,
  context: Context,
  days: BusinessDays,
): Problem[] {
  const day = frenchDay(after.version);
  const correction = `Annulez la version du ${day} dans « fiches », puis publiez-la de nouveau d’après celle-ci.`;
  const present = new Set(after.offers.map(({ id }) => id));
  return [
    ...vanished(fiche, present).map(({ id, name }) =>
      problem(
        `L’offre « ${name} » (${id}) n’est pas dans la version à venir du ${day} : elle disparaîtrait ce jour-là.`,
        correction,
      ),
    ),
    ...(priceProblems(fiche, after, context, days).length > 0
      ? [
          problem(
            `La version à venir du ${day} changerait un prix, ce jour où aucun prix ne peut changer.`,
            correction,
          ),
        ]
      : []),
  ];
}

/** To what a change leads, from wherever. */
const aimOf = ({ kind, offer, field, to, sentence }: Change): string =>
  kind === 'changed' ? JSON.stringify([offer, field, to]) : sentence;

/**
 * What a version changes, and the one to come after it does not have: it would end that day. It changes the version
 * `before` it; a correction, the edition that is wrong.
 */
export function forgotten(
  fiche: Fiche,
  standing: readonly Fiche[],
  before = neighbours(standing, fiche.version).before,
): string | undefined {
  const { after } = neighbours(standing, fiche.version);
  if (!before || !after) return undefined;
  const announced = new Set(differenceOf(before, after).changes.map(aimOf));
  const undone = differenceOf(fiche, after).changes.filter((change) => !announced.has(aimOf(change)));
  if (undone.length === 0) return undefined;
  const day = frenchDay(after.version);
  const keep = undone.length === 1 ? 'Pour le garder' : 'Pour les garder';
  return `La version à venir du ${day} a été écrite sans celle-ci : ce jour-là, ${count(undone.length, 'changement serait défait', 'changements seraient défaits')}. ${keep}, annulez-la dans « fiches », puis publiez-la de nouveau.`;
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
