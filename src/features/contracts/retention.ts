/** Years that most documents are kept after the end (guide 4.12). */
const KEPT_YEARS = 7;

export interface Kept {
  readonly title: string;
  /** The last day that they are kept. */
  readonly until: Temporal.PlainDate;
  /** When they go to the broker. */
  readonly sent: string;
}

interface Kind {
  readonly title: string;
  readonly years: number;
  readonly sent: string;
  readonly rctiOnly?: true;
}

const ON_REQUEST = 'Sur demande';
const FIVE_DAYS = 'Dans les 5 jours ouvrables suivant la signature par les parties';

const KINDS: readonly Kind[] = [
  {
    title:
      'Documents qui appuient le choix : analyses, besoins, offres conformes, comparaison, scénarios, précisions, bancs d’essai',
    years: 0,
    sent: ON_REQUEST,
  },
  {
    title: 'Justification pour l’autorisation du dirigeant',
    years: KEPT_YEARS,
    sent: ON_REQUEST,
    rctiOnly: true,
  },
  { title: 'Contrat signé', years: KEPT_YEARS, sent: FIVE_DAYS },
  { title: 'Commandes au fournisseur', years: KEPT_YEARS, sent: ON_REQUEST },
  { title: 'Avenants signés', years: KEPT_YEARS, sent: FIVE_DAYS },
  {
    title: 'Rapport d’évaluation du rendement prévu au RCTI',
    years: KEPT_YEARS,
    sent: 'Dans les 5 jours ouvrables suivant la signature par le dirigeant',
    rctiOnly: true,
  },
  {
    title: 'Lettre de résiliation et documents liés',
    years: KEPT_YEARS,
    sent: 'Aussitôt la résiliation effective',
  },
  { title: 'Factures du fournisseur', years: KEPT_YEARS, sent: ON_REQUEST },
  { title: 'Communications avec le fournisseur', years: KEPT_YEARS, sent: ON_REQUEST },
  {
    title: 'Documents d’un différend sur l’interprétation du contrat',
    years: KEPT_YEARS,
    sent: 'Sur demande ; prévenez le Courtier si le différend persiste ou se répète',
  },
];

/** Each kind of document of a contract, and until when it is kept (guide 4.12). */
export const retentionOf = (endsOn: Temporal.PlainDate, rcti: boolean): Kept[] =>
  KINDS.filter(({ rctiOnly }) => rcti || !rctiOnly).map(({ title, years, sent }) => ({
    title,
    until: endsOn.add({ years }),
    sent,
  }));
