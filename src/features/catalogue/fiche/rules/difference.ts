import { listed } from '../../../../core/text/text.ts';
import { priceFrom, ROLE_NAMES } from '../../texts.ts';
import { CATEGORY_NAMES, type Category } from './categories.ts';
import { type Change, changed } from './change.ts';
import type { Contact, Fiche, Offer } from './fiche.ts';
import { offerChanges } from './offer-changes.ts';

export type { Change } from './change.ts';

export interface Difference {
  readonly supplier: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly Change[];
  readonly changesPrices: boolean;
  /** Categories of the offers that changed, in the guide's order; all the supplier's when it changed itself. */
  readonly categories: readonly Category[];
}

/** What changed from one version of a supplier's fiche to another, supplier first, then offer by offer. */
export function differenceOf(before: Fiche, after: Fiche): Difference {
  const changes = [...supplierChanges(before, after), ...offersChanges(before, after)];
  return {
    supplier: after.supplier.id,
    from: before.version,
    to: after.version,
    changes,
    changesPrices: changes.some(({ price }) => price),
    categories: concerned(changes, before, after),
  };
}

/** The categories that an offer covers, by its base or by a component. */
export const categoriesOf = ({ categories, components }: Offer): Category[] => [
  ...new Set([...categories, ...components.map(({ category }) => category)]),
];

function concerned(changes: readonly Change[], before: Fiche, after: Fiche): Category[] {
  const all = changes.some(({ offer }) => offer === undefined);
  const ids = new Set(changes.map(({ offer }) => offer));
  const found = new Set(
    [...before.offers, ...after.offers].filter(({ id }) => all || ids.has(id)).flatMap(categoriesOf),
  );
  return (Object.keys(CATEGORY_NAMES) as Category[]).filter((category) => found.has(category));
}

const DOCUMENT_LABELS = {
  frameworkAgreement: 'texte de l’entente-cadre',
  amendingAnnex: 'annexe modificative',
  supplierConditions: 'conditions du fournisseur',
} as const;

function supplierChanges(before: Fiche, after: Fiche): Change[] {
  const plain = (field: string, label: string, from: string, to: string) =>
    changed({ field, label }, from, to);
  const [was, is] = [before.frameworkAgreement, after.frameworkAgreement];
  return [
    ...plain('supplier.name', 'nom du fournisseur', before.supplier.name, after.supplier.name),
    ...contactChanges(before.supplier.contacts, after.supplier.contacts),
    ...plain('frameworkAgreement.number', 'numéro de l’entente-cadre', was.number, is.number),
    ...plain('frameworkAgreement.start', 'début de l’entente-cadre', was.start, is.start),
    ...plain('frameworkAgreement.end', 'fin de l’entente-cadre', was.end, is.end),
    ...(Object.keys(DOCUMENT_LABELS) as (keyof typeof DOCUMENT_LABELS)[]).flatMap((key) =>
      plain(`documents.${key}`, DOCUMENT_LABELS[key], before.documents[key], after.documents[key]),
    ),
  ];
}

function contactChanges(before: readonly Contact[], after: readonly Contact[]): Change[] {
  return (Object.keys(ROLE_NAMES) as Contact['role'][]).flatMap((role) => {
    const text = (contacts: readonly Contact[]) =>
      listed(
        contacts
          .filter((contact) => contact.role === role)
          .map(({ name, email, phone }) => `${name} (${[email, phone].filter(Boolean).join(', ')})`),
      );
    return changed(
      {
        field: `supplier.contacts.${role}`,
        label: `personnes-ressources, ${ROLE_NAMES[role].toLowerCase()}`,
      },
      text(before),
      text(after),
    );
  });
}

function offersChanges(before: Fiche, after: Fiche): Change[] {
  const old = new Map(before.offers.map((offer) => [offer.id, offer]));
  const kept = new Set(after.offers.map(({ id }) => id));
  return [
    ...after.offers.flatMap((offer) => {
      const was = old.get(offer.id);
      return was ? offerChanges(was, offer) : [added(offer)];
    }),
    ...before.offers.filter(({ id }) => !kept.has(id)).map(removed),
  ];
}

const added = (offer: Offer): Change => ({
  kind: 'added',
  offer: offer.id,
  field: 'offer',
  price: false,
  to: offer.name,
  sentence: `Nouvelle offre : ${offer.name} (${listed(offer.categories.map((id) => CATEGORY_NAMES[id].toLowerCase()))}). ${priceFrom(offer)}.`,
});

const removed = (offer: Offer): Change => ({
  kind: 'removed',
  offer: offer.id,
  field: 'offer',
  price: false,
  from: offer.name,
  sentence: `${offer.name}, déjà retirée, ne figure plus dans la fiche.`,
});
