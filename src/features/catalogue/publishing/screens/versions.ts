import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { nearestPage, type Page, pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { changesText } from '../../browsing/screens/change-cards.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import { differenceOf } from '../../fiche/rules/difference.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { neighbours } from '../../fiche/rules/publication.ts';
import * as schema from '../../screens/schema.ts';
import type { Cancellation, Cancelled } from '../store/cancelling.ts';

/** Versions on a card: those to come, then those that were taken back. */
const ROWS = 5;

interface Shown {
  readonly supplier: string;
  readonly standing: readonly Fiche[];
  readonly today: string;
  readonly toCome: readonly Fiche[];
  readonly page: Page<Fiche | Cancelled>;
  readonly word: string;
}

/** What a version changes against the one before it. */
const changesIn = (standing: readonly Fiche[], fiche: Fiche): string => {
  const { before } = neighbours(standing, fiche.version);
  return before ? changesText(differenceOf(before, fiche)) : 'Première fiche de ce fournisseur.';
};

const isCancelled = (row: Fiche | Cancelled): row is Cancelled => 'cancelledAt' in row;

function versionsCard({ supplier, standing, today, toCome, page, word }: Shown): Card {
  const cancelled = page.items.filter(isCancelled);
  const name = (standing.at(-1) ?? cancelled[0]?.content)?.supplier.name ?? supplier;
  const inForce = standing.find(({ version }) => version <= today);
  return {
    template: 'catalogue/versions',
    summary: `${name} : ${toCome.length === 0 ? 'aucune version à venir' : `${toCome.length} à venir`}.`,
    view: {
      word: escapeMarkdown(word),
      hasWord: word !== '',
      supplier,
      name: escapeMarkdown(name),
      inForce: inForce ? `En vigueur depuis le ${frenchDay(inForce.version)}` : 'Pas encore en vigueur',
      correctable: inForce !== undefined,
      none: toCome.length === 0,
      versions: page.items.flatMap((row) =>
        isCancelled(row)
          ? []
          : [
              {
                supplier,
                version: row.version,
                date: `À compter du ${frenchDay(row.version)}`,
                changes: changesIn(standing, row),
              },
            ],
      ),
      hasCancelled: cancelled.length > 0,
      cancelled: cancelled.map(({ version, cancelledAt, reason }) => ({
        text: `Version du ${frenchDay(version)}, annulée le ${frenchDate(brokerDate(cancelledAt))} : ${escapeMarkdown(reason)}`,
      })),
      ...pagingRow(page, 'versions'),
    },
  };
}

async function versions(
  _turn: ActionTurn,
  { supplier, page: wanted }: { readonly supplier: string; readonly page: number },
  { catalogue }: CatalogueServices,
  word: string,
): Promise<Card> {
  const { cancelling } = catalogue;
  const today = catalogue.priceDays().today.toString();
  const [standing, taken] = await Promise.all([
    cancelling.standing(supplier),
    cancelling.cancelledCount(supplier),
  ]);
  if (standing.length === 0 && taken === 0) throw notFound();
  const toCome = standing.filter(({ version }) => version > today);
  const total = toCome.length + taken;
  const page = nearestPage(wanted, total, ROWS);
  const before = (page - 1) * ROWS;
  const shown = toCome.slice(before, before + ROWS);
  const cancelled = await cancelling.cancelledOf(
    supplier,
    Math.max(0, before - toCome.length),
    ROWS - shown.length,
  );
  return versionsCard({
    supplier,
    standing,
    today,
    toCome,
    page: pageAt([...shown, ...cancelled], page, total, ROWS),
    word,
  });
}

/** A supplier's version in force, those to come, and those that were taken back. */
export const showVersions = action('catalogue.versions', schema.SupplierPage, draws(versions), 'staff');

/** Before a version to come is taken back: what goes, and why it does. */
async function asked(
  turn: ActionTurn,
  { supplier, version }: schema.FicheVersion,
  services: CatalogueServices,
  word: string,
): Promise<Card> {
  const standing = await services.catalogue.cancelling.standing(supplier);
  const fiche = standing.find((one) => one.version === version);
  if (!fiche || version <= services.catalogue.priceDays().today.toString())
    return versions(turn, { supplier, page: 1 }, services, word || told({ kind: 'gone' }, version));
  return {
    template: 'catalogue/cancel-version',
    summary: `Annuler la version du ${frenchDay(version)} ? Dites pourquoi, ou gardez-la.`,
    view: {
      supplier,
      version,
      heading: escapeMarkdown(`${fiche.supplier.name} : annuler la version du ${frenchDay(version)} ?`),
      changes: changesIn(standing, fiche),
      goes: `Elle n’est pas encore en vigueur : personne n’en a été avisé. Sa date redevient libre : vous pourrez publier une autre version du ${frenchDay(version)}.`,
    },
  };
}

export const askCancelVersion = action(
  'catalogue.askCancelVersion',
  schema.PressedVersion,
  draws(asked),
  'staff',
);

const told = (done: Cancellation, version: string): string => {
  const day = frenchDay(version);
  switch (done.kind) {
    case 'cancelled':
      return `La version du ${day} est annulée.`;
    case 'gone':
      return `La version du ${day} n’est plus à venir.`;
    case 'inForce':
      return `La version du ${day} est entrée en vigueur : elle ne s’annule plus. Publiez une version qui la corrige.`;
    case 'needed':
      return '';
  }
};

export const cancelVersion = forgiving(
  comesBack(schema.PressedVersion, asked),
  creating(
    'catalogue.cancelVersion',
    { uncounted: 'A version to come is taken back once; there are as many as were published.' },
    schema.CancelVersion,
    redraws(
      async (turn, { supplier, version, reason }, { catalogue }: CatalogueServices) => {
        const done = await catalogue.cancelling.cancel(turn, { supplier, version, reason });
        if (done.kind === 'needed')
          throw new CourtierError(
            'refused',
            `La version du ${frenchDay(done.by)} a été écrite d’après celle-ci : annulez-la d’abord.`,
          );
        return done;
      },
      (turn, { supplier }, services, word) => versions(turn, { supplier, page: 1 }, services, word),
      (done, { version }) => told(done, version),
    ),
    'staff',
  ),
);
