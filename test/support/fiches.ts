import { stringify } from 'yaml';
import type { z } from 'zod';
import { fingerprint } from '../../src/features/catalogue/fiche/rules/fiche.ts';
import type { Context } from '../../src/features/catalogue/fiche/rules/publication.ts';
import { Fiche } from '../../src/features/catalogue/index.ts';

type InFile = z.input<typeof Fiche>;
/** As a file has it, or as it was read. */
type OfferInput = Omit<InFile['offers'][number], 'status'> & Pick<Fiche['offers'][number], 'status'>;
type Input = Omit<InFile, 'offers'> & { readonly offers: OfferInput[] };

/** One price, whatever the quantity. */
export const flat = (unitPricePerMonth: string) => [{ fromUnits: 1, unitPricePerMonth }];

/** An offer with ordinary values, all of which a test may change. */
export const anOffer = (changes: Partial<OfferInput> = {}): OfferInput => ({
  id: 'bleuet-courriel',
  name: 'Bleuet Courriel',
  status: 'qualified',
  categories: ['courriel'],
  unit: 'utilisateur',
  tiers: [
    { fromUnits: 1, unitPricePerMonth: '5.00' },
    { fromUnits: 100, unitPricePerMonth: '4.00' },
  ],
  components: [],
  minimumUnits: 1,
  minimumTermMonths: 1,
  decreaseAllowed: true,
  billing: 'monthly',
  indexation: '0',
  entryFee: '0.00',
  exitFee: '0.00',
  hosting: [{ country: 'CA', region: 'QC', place: 'Montréal' }],
  availability: '99.9',
  trainingLanguages: ['fr', 'en'],
  features: ['mfa'],
  security: { certifications: ['ISO 27001'], notes: 'Audit annuel.' },
  trial: { units: 30, days: 60 },
  ...changes,
});

/** The document of a fiche, as it would be in a file. « Bleuet » is no sample. */
export const aDocument = (changes: Partial<Input> = {}): Input => ({
  supplier: {
    id: 'bleuet',
    name: 'Bleuet Infonuagique inc.',
    contacts: [
      {
        role: 'commercial',
        name: 'Camille Roy',
        email: 'ventes@bleuet.example.com',
        phone: '418 555-0142',
      },
      { role: 'technical', name: 'Dominique Gagné', email: 'soutien@bleuet.example.com' },
    ],
  },
  version: '2026-11-02',
  frameworkAgreement: { number: 'EC-2026-099', start: '2026-01-01', end: '2028-12-31' },
  documents: {
    frameworkAgreement: 'https://bleuet.example.com/entente-cadre.pdf',
    amendingAnnex: 'https://bleuet.example.com/annexe.pdf',
    supplierConditions: 'https://bleuet.example.com/conditions.pdf',
  },
  offers: [anOffer()],
  changes: ['Publication initiale de la fiche.'],
  ...changes,
});

export const aFiche = (changes: Partial<Input> = {}): Fiche => Fiche.parse(aDocument(changes));

/** The same supplier under another id, with offers of its own. */
export function aSupplier(id: string, changes: Partial<Input> = {}): Fiche {
  const document = aDocument({
    offers: [anOffer({ id: `${id}-courriel`, name: `${id} Courriel` })],
    ...changes,
  });
  return Fiche.parse({ ...document, supplier: { ...document.supplier, id, name: `${id} inc.` } });
}

/** A supplier whose only offer, of e-mail, has one price. */
export const priced = (id: string, price: string, changes: Partial<Input> = {}): Fiche =>
  aSupplier(id, { offers: [anOffer({ id: `${id}-courriel`, tiers: flat(price) })], ...changes });

/** The document of a version whose price is another than the first one’s. */
export const dearer = (version: string, price = '6.00'): Input =>
  aDocument({ version, offers: [anOffer({ tiers: flat(price) })] });

/** A catalogue that holds these fiches, the newest of each supplier last, on the tests' day: what a file is checked against. */
export const catalogueOf = (...fiches: Fiche[]): Context => ({
  standing(supplier) {
    const versions = fiches.filter((fiche) => fiche.supplier.id === supplier);
    const inForce = versions.findLastIndex(({ version }) => version <= '2026-11-23');
    return versions.slice(Math.max(0, inForce));
  },
  published(supplier, version) {
    const found = fiches.find((fiche) => fiche.supplier.id === supplier && fiche.version === version);
    return found && fingerprint(found);
  },
  gone(supplier) {
    const versions = fiches.filter((fiche) => fiche.supplier.id === supplier);
    return versions.flatMap(({ offers }, at) =>
      offers
        .filter(
          ({ id }) => !versions.slice(at + 1).some((later) => later.offers.some((offer) => offer.id === id)),
        )
        .flatMap((offer) => {
          const next = versions[at + 1];
          return next ? [{ offer, since: next.version }] : [];
        }),
    );
  },
  ownerOf: (offer) => fiches.find(({ offers }) => offers.some(({ id }) => id === offer))?.supplier.id,
});

/** A file, by its name and its bytes: YAML of a document, or any text. */
export function aFile(document: unknown = aDocument(), name = nameOf(document)) {
  const text =
    typeof document === 'string' ? document : stringify(document, { aliasDuplicateObjects: false });
  return { name, bytes: new TextEncoder().encode(text) };
}

function nameOf(document: unknown): string {
  const { supplier, version } = document as Partial<Input>;
  return `${supplier?.id ?? 'bleuet'}_${version ?? '2026-11-02'}.yaml`;
}
