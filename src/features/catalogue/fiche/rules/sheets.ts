import { BILLING_NAMES, ROLE_NAMES, STATUS_NAMES } from '../../texts.ts';
import { CATEGORY_NAMES } from './categories.ts';

/** How a cell becomes a value of a fiche, and the other way. */
export type CellKind = 'text' | 'int' | 'decimal' | 'yesNo' | 'list' | 'labels' | 'labelList';

/** A field of a fiche in a sheet: its title there, where it is in the fiche's part, and how it is written. */
export interface Field {
  readonly title: string;
  readonly path: readonly string[];
  readonly kind: CellKind;
  readonly width?: number;
  /** What may be written for a value, by the value. */
  readonly labels?: Readonly<Record<string, string>>;
}

const text = (title: string, path: string, width?: number): Field => field(title, path, 'text', { width });
const int = (title: string, path: string): Field => field(title, path, 'int');
const decimal = (title: string, path: string): Field => field(title, path, 'decimal');
const list = (title: string, path: string, width?: number): Field => field(title, path, 'list', { width });
const labels = (title: string, path: string, of: Readonly<Record<string, string>>): Field =>
  field(title, path, 'labels', { labels: of });

function field(
  title: string,
  path: string,
  kind: CellKind,
  more: { readonly width?: number | undefined; readonly labels?: Readonly<Record<string, string>> } = {},
): Field {
  const { width, labels: of } = more;
  return { title, path: path.split('.'), kind, ...(width && { width }), ...(of && { labels: of }) };
}

/** The first sheet: a field a line. */
export const SUPPLIER: readonly Field[] = [
  text('Identifiant du fournisseur', 'supplier.id'),
  text('Nom du fournisseur', 'supplier.name'),
  text('Date de la version', 'version'),
  text('Entente-cadre : numéro', 'frameworkAgreement.number'),
  text('Entente-cadre : début', 'frameworkAgreement.start'),
  text('Entente-cadre : fin', 'frameworkAgreement.end'),
  text('Lien de l’entente-cadre', 'documents.frameworkAgreement'),
  text('Lien de l’annexe modificative', 'documents.amendingAnnex'),
  text('Lien des conditions du fournisseur', 'documents.supplierConditions'),
];

export const CONTACTS: readonly Field[] = [
  labels('Rôle', 'role', ROLE_NAMES),
  text('Nom', 'name', 30),
  text('Courriel', 'email', 36),
  text('Téléphone', 'phone', 20),
];

export const OFFERS: readonly Field[] = [
  text('Identifiant', 'id', 26),
  text('Nom', 'name', 30),
  labels('Statut', 'status', STATUS_NAMES),
  field('Catégories', 'categories', 'labelList', { labels: CATEGORY_NAMES, width: 30 }),
  text('Unité', 'unit'),
  int('Unités, minimum', 'minimumUnits'),
  int('Mois, minimum', 'minimumTermMonths'),
  field('Diminution permise', 'decreaseAllowed', 'yesNo'),
  labels('Facturation', 'billing', BILLING_NAMES),
  decimal('Indexation (%)', 'indexation'),
  decimal('Frais d’entrée ($)', 'entryFee'),
  decimal('Frais de sortie ($)', 'exitFee'),
  decimal('Disponibilité (%)', 'availability'),
  list('Langues de formation', 'trainingLanguages'),
  list('Caractéristiques', 'features', 30),
  list('Certifications', 'security.certifications', 24),
  text('Notes de sécurité', 'security.notes', 40),
  int('Banc d’essai : unités', 'trial.units'),
  int('Banc d’essai : jours', 'trial.days'),
];

/** The first column of what belongs to an offer names it. */
export const OF_OFFER = 'Offre';
export const OF_COMPONENT = 'Composante';

export const PRICES: readonly Field[] = [
  int('À partir de (unités)', 'fromUnits'),
  decimal('Prix par unité et par mois ($)', 'unitPricePerMonth'),
];
export const COMPONENTS: readonly Field[] = [
  text('Identifiant', 'id', 26),
  text('Nom', 'name', 30),
  labels('Catégorie', 'category', CATEGORY_NAMES),
];
export const HOSTING: readonly Field[] = [
  text('Pays', 'country'),
  text('Région', 'region'),
  text('Lieu', 'place', 24),
];

export const SHEETS = {
  supplier: 'Fiche',
  contacts: 'Contacts',
  offers: 'Offres',
  prices: 'Prix',
  components: 'Composantes',
  hosting: 'Hébergement',
  changes: 'Changements',
} as const;
export const CHANGE_TITLE = 'Phrase';
