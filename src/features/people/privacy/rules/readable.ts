import type { TextDocument } from '../../../../core/ports/documents.ts';

/** What a key of somebody's data is called in the document that they read. */
export const LABELS: Readonly<Record<string, string>> = {
  acte: 'Acte',
  registresDeposes: 'Registres d’organismes déposés',
  file: 'Fichier',
  obligationsGardees: 'Obligations d’avant l’entrée du contrat, à rappeler',
  pricesOnly: 'Prix seulement',
  courrielsNotes: 'Courriels notés',
  note: 'Note',
  listesDonnees: 'Listes de destinataires données',
  surDesListes: 'Places dans des listes de destinataires',
  fichier: 'Fichier',
  courriel: 'Courriel',
  ligne: 'Ligne',
  absences: 'Absences',
  au: 'Au',
  rappel: 'Rappel',
  remisAu: 'Remis au',
  arrete: 'Arrêté',
  ouverts: 'Dossiers ouverts en dernier',
  sansObjet: 'Sans objet, parce que',
  signatures: 'Signatures notées',
  jour: 'Jour',
  nombre: 'Nombre',
  liens: 'Liens',
  limitesDuJour: 'Comptes du jour',
  warnedAt: 'Avis d’oubli',
  a: 'À',
  abonnements: 'Abonnements',
  act: 'Geste',
  ameliorations: 'Questions améliorées',
  undoneAt: 'Défait le',
  acknowledgedAt: 'Pris connaissance le',
  action: 'Action',
  again: 'Choisir de nouveau',
  amount: 'Montant (cents)',
  annuleeLe: 'Annulée le',
  annee: 'Année',
  answer: 'Réponse',
  askedAt: 'Posée le',
  at: 'Le',
  attempts: 'Essais',
  avenant: 'Avenant',
  avenantsDemandes: 'Avenants demandés',
  avis: 'Avis',
  botId: 'Identifiant de Courtier',
  botName: 'Courtier',
  comment: 'Commentaire',
  commentaire: 'Commentaire',
  commentaires: 'Commentaires',
  components: 'Composantes',
  confiees: 'Évaluations confiées',
  confies: 'Dossiers confiés ou partagés',
  contactEmail: 'Courriel du fournisseur',
  contactName: 'Contact du fournisseur',
  contrat: 'Contrat',
  contrats: 'Contrats',
  conversation: 'Conversation personnelle',
  corrections: 'Corrections en attente',
  correctionsDeFiches: 'Corrections de fiches',
  suspensionsDemandees: 'Suspensions et retraits demandés',
  createdAt: 'Créé le',
  cree: 'Créé le',
  criteria: 'Critères',
  decidedAt: 'Décidé le',
  demande: 'Demande',
  demandesDeFiches: 'Demandes de fiches de résultats',
  demandees: 'Rencontres demandées',
  depuis: 'Depuis le',
  dossier: 'Dossier joint',
  dossiers: 'Dossiers que vous voyez',
  entry: 'Réponse publiée',
  entryId: 'Réponse montrée',
  etape: 'Étape',
  etapes: 'Étapes confirmées',
  etat: 'État',
  evenements: 'Événements notés',
  examens: 'Examens d’avis',
  existing: 'Contrats existants',
  fiche: 'Identité',
  fichesDeposees: 'Fiches déposées',
  files: 'Fichiers',
  firstSeen: 'Premier passage',
  fournisseur: 'Fournisseur',
  geste: 'Geste',
  gestes: 'Gestes dans des dossiers',
  id: 'Identifiant',
  installations: 'Installations',
  joindre: 'Pour vous joindre',
  journal: 'Journal des actions',
  kind: 'Genre',
  lastSeen: 'Dernier passage',
  le: 'Le',
  months: 'Mois',
  montre: 'Réponses montrées',
  motsDesCommentaires: 'Mots ajoutés à des commentaires',
  name: 'Nom',
  never: 'Jamais',
  nom: 'Nom',
  notBefore: 'Pas avant (minutes après minuit)',
  notes: 'Contrats notés',
  number: 'Numéro',
  numero: 'Numéro',
  object: 'Objet',
  objectId: 'Identifiant Entra',
  obligation: 'Obligation',
  obligationsFaites: 'Obligations notées faites',
  organisation: 'Organisation',
  organisme: 'Organisme joint',
  organization: 'Organisation',
  outcome: 'Résultat',
  overall: 'Ensemble',
  partie: 'Partie',
  pausedUntil: 'Pause jusqu’au',
  personId: 'Personne',
  posees: 'Questions posées',
  precisions: 'Précisions',
  preferences: 'Préférences de rappel',
  prisConnaissance: 'Avis dont vous avez pris connaissance',
  prises: 'Prises en charge',
  project: 'Projet',
  quantities: 'Quantités',
  question: 'Question',
  raison: 'Raison',
  rappeles: 'Contrats suivis',
  rating: 'Appréciation',
  reason: 'Raison',
  recues: 'Questions reçues',
  rediges: 'Avis rédigés',
  references: 'Références',
  refused: 'Refusés',
  rencontre: 'Rencontre',
  reponse: 'Réponse',
  reponses: 'Réponses',
  requestedAt: 'Demandé le',
  resiliations: 'Résiliations notées',
  role: 'Rôle',
  score: 'Note',
  serviceUrl: 'Service Teams',
  soumissions: 'Évaluations soumises',
  state: 'État',
  status: 'État',
  suite: 'Question d’avant',
  sujet: 'Sujet',
  tenantId: 'Locataire',
  text: 'Texte',
  texte: 'Texte',
  titre: 'Titre',
  title: 'Titre',
  topic: 'Sujet suivi',
  topicKind: 'Genre de sujet',
  transmises: 'Questions transmises',
  version: 'Version',
  verdict: 'Verdict',
  writtenAt: 'Écrite le',
};

/** Codes that the data hold, in words. */
const WORDS: Readonly<Record<string, string>> = {
  admin: 'administration',
  all: 'tout le catalogue',
  answer: 'réponse',
  answered: 'réponse donnée',
  approved: 'approuvé',
  archived: 'archivé',
  booked: 'fixée',
  cancelled: 'annulé',
  category: 'catégorie',
  channel: 'canal',
  choice: 'choix proposé',
  client: 'client',
  closed: 'fermée',
  confirmed: 'confirmée',
  dead: 'non envoyé',
  discarded: 'écarté',
  down: 'pas utile',
  excluded: 'mise à part',
  held: 'en attente',
  member: 'membre',
  none: 'sans réponse',
  open: 'ouvert',
  owner: 'responsable',
  pending: 'en attente',
  person: 'personne',
  personal: 'personnelle',
  proposed: 'moments proposés',
  published: 'publié',
  refused: 'refusée',
  requested: 'demandée',
  returned: 'renvoyé',
  sent: 'envoyé',
  signed: 'signé',
  staff: 'équipe',
  submitted: 'soumise',
  supplier: 'fournisseur',
  list: 'liste d’offres',
  taken: 'prise en charge',
  takenBack: 'reprise',
  unknown: 'peut-être reçu',
  unreachable: 'non reçu',
  up: 'utile',
  waiting: 'en attente',
};

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** « createdAt » is « Créé le »; a key that nobody named is shown as it is. */
const labelOf = (key: string): string => LABELS[key] ?? key;

/** The most columns that can be read on a page; a row of more is told field by field. */
const MOST_COLUMNS = 5;

/** Keys whose values are codes of ours; elsewhere, what somebody wrote is given as they wrote it. */
const CODED = new Set(
  'again etat kind outcome rating reason role state status sujet topic topicKind verdict'.split(' '),
);

/** A value on one line, a word for each code. */
function valueText(key: string, value: unknown, date: (at: Date) => string): string {
  if (value === null || value === undefined || value === '') return '–';
  if (value instanceof Date) return date(value);
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  // A file, a fiche: its name is enough to know it; the other file has all of it.
  if (Array.isArray(value))
    return (
      value.map((each) => valueText(key, isFields(each) && each.name ? each.name : each, date)).join(', ') ||
      '–'
    );
  if (isFields(value))
    return Object.entries(value)
      .map(([inside, inner]) => `${labelOf(inside)} : ${valueText(inside, inner, date)}`)
      .join(' ; ');
  const written = String(value);
  return CODED.has(key) ? (WORDS[written] ?? written) : written;
}

type Section = TextDocument['sections'][number];

function sectionOf(heading: string, value: unknown, date: (at: Date) => string): Section[] {
  if (Array.isArray(value)) {
    const rows = value.filter(isFields);
    if (rows.length === 0) return [];
    const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const cells = (row: Fields) => keys.map((key) => valueText(key, row[key], date));
    if (keys.length <= MOST_COLUMNS)
      return [{ heading, paragraphs: [], table: [keys.map(labelOf), ...rows.map(cells)] }];
    return [{ heading, paragraphs: rows.map((row) => valueText('', row, date)) }];
  }
  if (!isFields(value))
    return value === null || value === undefined
      ? []
      : [{ heading, paragraphs: [valueText('', value, date)] }];
  const nested = Object.entries(value).filter(([, inner]) => Array.isArray(inner) || isFields(inner));
  const plain = Object.entries(value).filter(([, inner]) => !Array.isArray(inner) && !isFields(inner));
  return [
    ...(plain.length > 0
      ? [
          {
            heading,
            paragraphs: [],
            table: [
              ['Quoi', 'Valeur'],
              ...plain.map(([key, inner]) => [labelOf(key), valueText(key, inner, date)]),
            ],
          },
        ]
      : []),
    ...nested.flatMap(([key, inner]) => sectionOf(`${heading} · ${labelOf(key)}`, inner, date)),
  ];
}

/** Somebody's data as they can be read: a section for each thing, a table where its rows are alike. */
export function readable(
  parts: Readonly<Record<string, unknown>>,
  who: string,
  today: string,
  date: (at: Date) => string,
): TextDocument {
  return {
    title: 'Mes données dans Courtier',
    subtitle: `${who}, ${today}. Le fichier JSON donne les mêmes données, pour une machine.`,
    sections: Object.entries(parts).flatMap(([title, value]) => {
      const sections = sectionOf(title, value, date);
      return sections.length > 0 ? sections : [{ heading: title, paragraphs: ['Rien.'] }];
    }),
  };
}
