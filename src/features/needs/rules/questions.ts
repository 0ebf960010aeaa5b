import { notFound } from '../../../core/errors.ts';
import { longestMonths } from '../../../core/guide/index.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../catalogue/index.ts';
import { type Answers, textsOf } from './facts.ts';

/** A field of a question's form. */
export type Field =
  | { readonly kind: 'text'; readonly id: string; readonly label: string; readonly required?: boolean }
  | {
      readonly kind: 'number';
      readonly id: string;
      readonly label: string;
      readonly required?: boolean;
      readonly min: number;
      readonly max: number;
    }
  /** A length, « 24 mois » or « 2 ans »: at most so many months. */
  | {
      readonly kind: 'months';
      readonly id: string;
      readonly label: string;
      readonly required?: boolean;
      readonly max: number;
    }
  /** An amount in dollars. */
  | { readonly kind: 'money'; readonly id: string; readonly label: string; readonly required?: boolean }
  /** A day, or a month. */
  | { readonly kind: 'date'; readonly id: string; readonly label: string; readonly required?: boolean }
  | {
      readonly kind: 'choice' | 'choices';
      readonly id: string;
      readonly label: string;
      readonly required?: boolean;
      readonly choices: readonly (readonly [value: string, title: string])[];
    }
  /** Changes of a quantity during the contract: from which month on, how many units. */
  | { readonly kind: 'steps'; readonly id: string; readonly label: string; readonly required?: boolean };

export interface Question {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** Questions on whose answers this one's form or validity depends. */
  readonly dependsOn?: readonly string[];
  fields(answers: Answers): readonly Field[];
}

const YES_NO = [
  ['yes', 'Oui'],
  ['no', 'Non'],
  ['unknown', 'Je ne sais pas encore'],
] as const;

const text = (id: string, label: string, required = false): Field => ({ kind: 'text', id, label, required });

/** The categories chosen in question 5. */
export const categoriesOf = (answers: Answers): Category[] => {
  const chosen = textsOf(answers.requirements?.categories);
  return CATEGORIES.filter((id) => chosen.includes(id));
};

/** The thirteen questions of the guide (section 3.1), in its order. */
export const QUESTIONS: readonly Question[] = [
  {
    id: 'impacts',
    title: 'Quels sont les impacts de l’infonuagique sur votre organisation ?',
    help: 'Pensez aux personnes, aux façons de travailler, au soutien et aux contrats en place.',
    fields: () => [text('impacts', 'Impacts attendus', true)],
  },
  {
    id: 'change',
    title: 'Quels sont les impacts d’un changement d’outil de collaboration ou de bureautique ?',
    help: 'Formation, habitudes, documents existants, intégrations avec vos autres systèmes.',
    fields: () => [text('impacts', 'Impacts attendus', true)],
  },
  {
    id: 'data',
    title: 'Quelles données seront hébergées, et à quel point sont-elles confidentielles ?',
    help: 'Le degré de sensibilité aide à choisir le mode de déploiement et les exigences de sécurité.',
    fields: () => [
      {
        kind: 'choice',
        id: 'confidentiality',
        label: 'Niveau de confidentialité',
        required: true,
        choices: [
          ['public', 'Données publiques'],
          ['internal', 'Données internes'],
          ['personal', 'Renseignements personnels'],
          ['sensitive', 'Renseignements sensibles'],
        ],
      },
      text('nature', 'Nature des données', true),
    ],
  },
  {
    id: 'risks',
    title: 'Quels sont vos risques liés à l’adoption de l’infonuagique ?',
    help: 'Une analyse de risques devrait être faite avant de décider.',
    fields: () => [
      {
        kind: 'choice',
        id: 'analysis',
        label: 'L’analyse de risques est-elle faite ?',
        required: true,
        choices: YES_NO,
      },
      text('risks', 'Risques relevés'),
    ],
  },
  {
    id: 'requirements',
    title: 'De quoi avez-vous besoin ?',
    help: 'Fonctionnalités, sécurité, niveau de service, formation, activités d’entrée et de sortie, assistance technique. Ce que vous exigez ici écarte les offres qui ne l’ont pas.',
    fields: () => [
      {
        kind: 'choices',
        id: 'categories',
        label: 'Catégories d’outils',
        required: true,
        choices: CATEGORIES.map((id) => [id, CATEGORY_NAMES[id]] as const),
      },
      {
        kind: 'choice',
        id: 'hosting',
        label: 'Hébergement exigé',
        choices: [
          ['any', 'Peu importe'],
          ['QC', 'Au Québec seulement'],
          ['CA', 'Au Canada seulement'],
        ],
      },
      {
        kind: 'choice',
        id: 'availability',
        label: 'Disponibilité exigée',
        choices: [
          ['any', 'Peu importe'],
          ['99.5', '99,5 % et plus'],
          ['99.9', '99,9 % et plus'],
          ['99.95', '99,95 % et plus'],
          ['99.99', '99,99 % et plus'],
        ],
      },
      {
        kind: 'choices',
        id: 'languages',
        label: 'Langues de formation exigées',
        choices: [
          ['fr', 'Français'],
          ['en', 'Anglais'],
        ],
      },
      {
        kind: 'choices',
        id: 'features',
        label: 'Fonctionnalités exigées',
        choices: [
          ['mfa', 'Authentification multifacteur'],
          ['sso', 'Authentification unique'],
          ['archivage', 'Archivage'],
          ['journalisation', 'Journalisation'],
          ['sauvegarde', 'Sauvegarde'],
          ['accessibilite', 'Accessibilité'],
        ],
      },
      text('other', 'Autres besoins : entrée, sortie, assistance…'),
    ],
  },
  {
    id: 'duration',
    title: 'Quelle durée de contrat désirez-vous, renouvellements compris ?',
    get help() {
      return `Au plus ${longestMonths()} mois. Les transitions à l’entrée et à la sortie se font pendant le contrat.`;
    },
    fields: () => [
      {
        kind: 'months',
        id: 'months',
        label: 'Durée, comme « 24 mois » ou « 2 ans »',
        required: true,
        max: longestMonths(),
      },
    ],
  },
  {
    id: 'quantities',
    title: 'Quelle consommation prévoyez-vous pour tout le contrat ?',
    help: 'L’estimation doit être rigoureuse : elle sert au calcul des prix. Pour une quantité qui change, dites à partir de quel mois du contrat, et combien d’unités il y a alors.',
    dependsOn: ['requirements', 'duration'],
    fields: (answers) =>
      categoriesOf(answers).flatMap((category): Field[] => [
        {
          kind: 'number',
          id: `${category}.units`,
          label: `${CATEGORY_NAMES[category]} : unités au départ`,
          required: true,
          min: 0,
          max: 10_000_000,
        },
        {
          kind: 'steps',
          id: `${category}.steps`,
          label: `${CATEGORY_NAMES[category]} : changements pendant le contrat`,
        },
      ]),
  },
  {
    id: 'budget',
    title: 'Quel est le budget disponible ?',
    help: 'En dollars, avant taxes, pour toute la durée. L’autorisation financière se demande après la rencontre de démarrage.',
    fields: () => [
      { kind: 'money', id: 'dollars', label: 'Budget en dollars', required: true },
      text('note', 'Précisions'),
    ],
  },
  {
    id: 'schedule',
    title: 'Quel est votre échéancier ?',
    help: 'À haut niveau, avec les transitions à l’entrée et à la sortie.',
    dependsOn: ['duration'],
    fields: () => [
      {
        kind: 'date',
        id: 'signature',
        label: 'Signature souhaitée, comme « juin 2027 » ou « 15 juin 2027 »',
        required: true,
      },
      { kind: 'date', id: 'inUse', label: 'Mise en service souhaitée' },
      text('note', 'Étapes importantes'),
    ],
  },
  {
    id: 'environment',
    title: 'Votre environnement technologique est-il prêt ?',
    help: 'Prérequis, analyse des écarts, architecture.',
    fields: () => [
      { kind: 'choice', id: 'ready', label: 'Prêt ?', required: true, choices: YES_NO },
      text('gaps', 'Écarts à combler'),
    ],
  },
  {
    id: 'contracts',
    title: 'Quel sera l’impact sur vos contrats actuels ?',
    help: 'Contrats à résilier, à ne pas renouveler, ou à faire durer pendant la transition.',
    fields: () => [text('impact', 'Contrats touchés', true)],
  },
  {
    id: 'provider',
    title: 'Aurez-vous besoin d’un prestataire de services pour la mise en œuvre ?',
    help: 'Gestion de projet, analyse, migration, intégration : ces services ne font pas partie des offres. Des prestataires qualifiés sont au Portail d’approvisionnement.',
    fields: () => [
      { kind: 'choice', id: 'needed', label: 'Besoin d’un prestataire', required: true, choices: YES_NO },
      text('services', 'Services voulus'),
    ],
  },
  {
    id: 'vehicle',
    title: 'Le Catalogue est-il le bon moyen de répondre à vos besoins ?',
    help: 'Sinon, un processus d’acquisition standard reste possible.',
    fields: () => [
      { kind: 'choice', id: 'suitable', label: 'Le Catalogue convient', required: true, choices: YES_NO },
      text('note', 'Précisions'),
    ],
  },
];

/** The questions that go together, in the guide's order. */
export const GROUPS: readonly { readonly title: string; readonly ids: readonly string[] }[] = [
  { title: 'Impacts, données et risques', ids: ['impacts', 'change', 'data', 'risks'] },
  { title: 'Ce qu’il vous faut', ids: ['requirements', 'duration', 'quantities'] },
  { title: 'Budget et échéancier', ids: ['budget', 'schedule'] },
  { title: 'Mise en œuvre', ids: ['environment', 'contracts', 'provider', 'vehicle'] },
];

export const questionOf = (id: string): Question | undefined =>
  QUESTIONS.find((question) => question.id === id);

/** A question that must exist. Throws `notFound`. */
export function questionNamed(id: string): Question {
  const question = questionOf(id);
  if (!question) throw notFound();
  return question;
}
