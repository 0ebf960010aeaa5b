import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { documentSource, withFacts } from '../../../../core/guide/index.ts';
import type { Sheet, TextDocument } from '../../../../core/ports/documents.ts';
import { count, ofName } from '../../../../core/text/text.ts';
import type { Choice } from '../../../acquisitions/index.ts';
import { CATEGORY_NAMES, type Fiche } from '../../../catalogue/index.ts';
import { detailOf } from '../../pricing/rules/detail.ts';
import type { Support } from '../../rules/facts.ts';
import { categoryList, categoryNames, money, obstacleText, perMilleText } from '../../texts.ts';
import { gapOf } from '../rules/figures.ts';
import type { FileComparison } from '../store/comparing.ts';

const nameOfOffer = (fiches: readonly Fiche[], id: string): string =>
  fiches.flatMap(({ offers }) => offers).find((offer) => offer.id === id)?.name ?? id;

const dollars = (cents: bigint): number => Number(cents) / 100;

/** The comparison as a workbook: the ranking, what each scenario bills month by month, what was set aside, the criteria. */
export function comparisonSheets(
  held: FileComparison,
  criteria: Support['criteria'],
  today: Temporal.PlainDate,
): Sheet[] {
  const { file, request, comparison, fiches, samples } = held;
  const lowest = comparison.suppliers[0]?.priceCents ?? 0n;
  const heading = [
    `Dossier nº ${file.number} : ${file.name}`,
    `Calculé le ${frenchDate(today)} · ${request.durationMonths} mois · ${categoryNames(request)}.${samples ? ' Exemples : prix fictifs.' : ''}`,
    `Source des règles : ${documentSource('3.4.1')}`,
  ];
  const nameOf = (supplier: string) =>
    fiches.find((fiche) => fiche.supplier.id === supplier)?.supplier.name ?? supplier;
  const months = comparison.suppliers.flatMap((scenario) => {
    const fiche = fiches.find(({ supplier }) => supplier.id === scenario.supplier);
    if (!fiche) return [];
    return detailOf(request, fiche, scenario.offers).offers.flatMap(({ offer, unitsByMonth, centsByMonth }) =>
      unitsByMonth.map((units, at) => [
        nameOf(scenario.supplier),
        nameOfOffer(fiches, offer),
        at + 1,
        units,
        dollars(centsByMonth[at] ?? 0n),
      ]),
    );
  });
  return [
    {
      name: 'Comparaison',
      heading,
      chart: { title: 'Prix de chaque scénario', labels: 1, values: 2 },
      columns: [
        { title: 'Rang', width: 8 },
        { title: 'Fournisseur', width: 34 },
        { title: 'Prix', width: 16, kind: 'money', bar: true },
        { title: 'Écart avec le plus bas', width: 18, kind: 'money' },
        { title: 'Offres', width: 60 },
        { title: 'Version de la fiche', width: 20, kind: 'day' },
      ],
      rows: comparison.suppliers.map(({ supplier, priceCents, offers, version }, at) => [
        at + 1,
        nameOf(supplier),
        dollars(priceCents),
        dollars(gapOf(priceCents, lowest).cents),
        Object.entries(offers)
          .map(([offer, categories]) => `${nameOfOffer(fiches, offer)} : ${categoryList(categories)}`)
          .join('\n'),
        Temporal.PlainDate.from(version),
      ]),
    },
    {
      name: 'Mois par mois',
      heading: [
        heading[0] ?? '',
        'Unités facturées et montant de chaque mois, sans les frais d’entrée et de sortie.',
      ],
      columns: [
        { title: 'Fournisseur', width: 34 },
        { title: 'Offre', width: 34 },
        { title: 'Mois', width: 8 },
        { title: 'Unités', width: 12 },
        { title: 'Montant', width: 16, kind: 'money', total: true },
      ],
      rows: months,
    },
    {
      name: 'Sans scénario',
      heading: [heading[0] ?? '', 'Les fournisseurs qui ne couvrent pas tous vos besoins, et pourquoi.'],
      columns: [
        { title: 'Fournisseur', width: 34 },
        { title: 'Catégories manquantes', width: 50 },
        { title: 'Offres écartées', width: 80 },
      ],
      rows: comparison.excluded.map(({ supplier, missing, offers }) => [
        nameOf(supplier),
        missing.map((id) => CATEGORY_NAMES[id]).join(', '),
        offers
          .map(
            ({ offer, obstacles }) =>
              `${nameOfOffer(fiches, offer)} : ${obstacles.map(obstacleText).join(' ; ')}`,
          )
          .join('\n'),
      ]),
    },
    ...(criteria.length > 0
      ? [
          {
            name: 'Critères',
            heading: [heading[0] ?? '', 'Ce qui compte pour vous, de 1 à 5.'],
            columns: [
              { title: 'Critère', width: 40 },
              { title: 'Poids', width: 12, bar: true as const },
              { title: 'Note', width: 70 },
            ],
            rows: criteria.map(({ name, weight, note }) => [name, weight, note]),
          },
        ]
      : []),
  ];
}

/** The justification for the head of the body, filled with what the file knows (guide 3.4.3). */
export function justification(
  held: FileComparison,
  choice: Choice,
  { criteria, clarifications, trials }: Support,
  organization: string | undefined,
  today: Temporal.PlainDate,
): TextDocument {
  const { file, request, comparison, fiches } = held;
  const [lowest] = comparison.suppliers;
  const lowestName = fiches.find(({ supplier }) => supplier.id === lowest?.supplier)?.supplier.name ?? '';
  const gap = gapOf(BigInt(choice.priceCents), BigInt(choice.priceCents) - BigInt(choice.gapCents));
  const percent = gap.perMille === undefined ? '' : ` (${perMilleText(gap.perMille)})`;
  return {
    title: 'Justification au dirigeant de l’organisme',
    organization,
    signatures: ['Dirigeant de l’organisme'],
    subtitle: `Dossier nº ${file.number} : ${file.name} – ${frenchDate(today)}`,
    sections: [
      {
        heading: 'Objet',
        paragraphs: [
          `Autorisation de choisir ${choice.name}, dont le scénario d’acquisition ne présente pas le prix le plus bas.`,
          `Besoins : ${categoryNames(request)}, pour ${request.durationMonths} mois.`,
        ],
      },
      {
        heading: 'Prix',
        paragraphs: [
          `Scénario choisi : ${choice.name}, ${money(choice.priceCents)} avant taxes.`,
          `Scénario au prix le plus bas aujourd’hui : ${lowestName}, ${lowest ? money(lowest.priceCents) : ''}.`,
          `Écart au moment du choix : ${money(choice.gapCents)}${percent}.`,
          `La comparaison du ${frenchDate(Temporal.PlainDate.from(choice.on))} est scellée dans le dossier.`,
        ],
      },
      {
        heading: 'Critères en lien avec l’objet du contrat',
        paragraphs:
          criteria.length > 0
            ? criteria.map(
                ({ name, weight, note }) => `${name} (poids ${weight} sur 5)${note ? ` : ${note}` : ''}`,
              )
            : [
                'À compléter : compatibilité technologique, coût total d’acquisition, ou tout autre critère qui justifie ce choix, avec les faits qui l’appuient.',
              ],
      },
      {
        heading: 'Vérifications faites auprès des fournisseurs',
        paragraphs: [
          ...clarifications.map(
            ({ question, answer }) => `Question : ${question} Réponse : ${answer ?? 'pas encore reçue.'}`,
          ),
          ...trials.map(
            ({ offer, units, start, end, result }) =>
              `Banc d’essai ${ofName(nameOfOffer(fiches, offer))}, ${count(units, 'unité')}, du ${frenchDay(start)} au ${frenchDay(end)} : ${result ?? 'résultat à noter.'}`,
          ),
          ...(clarifications.length + trials.length === 0 ? ['Aucune n’est notée au dossier.'] : []),
        ],
      },
      {
        heading: 'Démarche',
        paragraphs: [
          withFacts(
            '1) Remplir l’annexe 2, « Fiche d’autorisation du dirigeant d’organisme », à l’extranet des marchés publics {{sct|du}}.',
          ),
          '2) La transmettre au dirigeant avec cette justification.',
          '3) Obtenir l’autorisation avant la signature du contrat spécifique.',
          withFacts('4) Faire la reddition de comptes {{sct|au}}.'),
          `Source : ${documentSource('3.4.3')}, article 48 du RCTI.`,
        ],
      },
    ],
  };
}
