import type { Cell, Sheet } from '../../../../core/ports/documents.ts';
import type { Fiche } from './fiche.ts';
import { valueAt } from './problems.ts';
import {
  CHANGE_TITLE,
  COMPONENTS,
  CONTACTS,
  type Field,
  HOSTING,
  OF_COMPONENT,
  OF_OFFER,
  OFFERS,
  PRICES,
  SHEETS,
  SUPPLIER,
} from './sheets.ts';

/** What a cell shows of a value: decimals with a comma, choices in words. */
function cellOf({ kind, labels = {} }: Field, value: unknown): string {
  if (value === undefined || value === null) return '';
  switch (kind) {
    case 'yesNo':
      return value === true ? 'oui' : 'non';
    case 'decimal':
      return String(value).replace('.', ',');
    case 'labels':
      return labels[String(value)] ?? String(value);
    case 'list':
    case 'labelList':
      return Array.isArray(value)
        ? value.map((each) => labels[String(each)] ?? String(each)).join(' ; ')
        : '';
    default:
      return String(value);
  }
}

const rowOf = (fields: readonly Field[], part: object): Cell[] =>
  fields.map((field) => cellOf(field, valueAt(part, field.path)));

const columnsOf = (fields: readonly Field[]) =>
  fields.map(({ title, width = Math.max(14, title.length) }) => ({ title, width }));

const OFFER_COLUMN = { title: OF_OFFER, width: 26 };
const COMPONENT_COLUMN = { title: OF_COMPONENT, width: 26 };

/**
 * A fiche as sheets to fill: a field a line, then a line for each contact, offer, price, component and place. Without a
 * fiche they are empty. What is in them is not typeset: it comes back as it was.
 */
export function ficheSheets(fiche: Fiche | undefined): Sheet[] {
  const offers = fiche?.offers ?? [];
  const sheet = (name: string, columns: Sheet['columns'], rows: readonly (readonly Cell[])[]): Sheet => ({
    name,
    columns,
    rows,
    asTyped: true,
  });
  return [
    sheet(
      SHEETS.supplier,
      [
        { title: 'Champ', width: 36 },
        { title: 'Valeur', width: 60 },
      ],
      SUPPLIER.map((field) => [field.title, cellOf(field, fiche && valueAt(fiche, field.path))]),
    ),
    sheet(
      SHEETS.contacts,
      columnsOf(CONTACTS),
      (fiche?.supplier.contacts ?? []).map((contact) => rowOf(CONTACTS, contact)),
    ),
    sheet(
      SHEETS.offers,
      columnsOf(OFFERS),
      offers.map((offer) => rowOf(OFFERS, offer)),
    ),
    sheet(
      SHEETS.prices,
      [OFFER_COLUMN, COMPONENT_COLUMN, ...columnsOf(PRICES)],
      offers.flatMap(({ id, tiers, components }) => [
        ...tiers.map((tier) => [id, '', ...rowOf(PRICES, tier)]),
        ...components.flatMap((component) =>
          component.tiers.map((tier) => [id, component.id, ...rowOf(PRICES, tier)]),
        ),
      ]),
    ),
    sheet(
      SHEETS.components,
      [OFFER_COLUMN, ...columnsOf(COMPONENTS)],
      offers.flatMap(({ id, components }) => components.map((each) => [id, ...rowOf(COMPONENTS, each)])),
    ),
    sheet(
      SHEETS.hosting,
      [OFFER_COLUMN, ...columnsOf(HOSTING)],
      offers.flatMap(({ id, hosting }) => hosting.map((each) => [id, ...rowOf(HOSTING, each)])),
    ),
    sheet(
      SHEETS.changes,
      [{ title: CHANGE_TITLE, width: 100 }],
      (fiche?.changes ?? []).map((sentence) => [sentence]),
    ),
  ];
}
