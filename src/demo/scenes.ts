import type { Services } from '../features/registry.ts';
import { evaluation } from './evaluation.ts';
import { meeting } from './meeting.ts';

interface Scene {
  /** What it prepares, for the help. */
  readonly title: string;
  /** Where it is seen. */
  readonly hint: string;
  /** Through the services, as people would; a second time changes nothing. */
  readonly prepare: (services: Services) => Promise<void>;
}

/** What would take days to see, prepared. */
export const SCENES = {
  rencontre: {
    title: 'un dossier dont la rencontre de démarrage est réservée',
    hint: '« rencontre » chez la cliente, « rencontres » chez l’équipe',
    prepare: meeting,
  },
  évaluation: {
    title: 'une campagne ouverte, et l’évaluation d’un contrat à remplir',
    hint: '« évaluations » chez la cliente, « campagnes » chez l’équipe',
    prepare: evaluation,
  },
} as const satisfies Record<string, Scene>;

export type SceneName = keyof typeof SCENES;
export const SCENE_NAMES = Object.keys(SCENES) as SceneName[];
