import type { Quota } from '../../../core/routes/quota.ts';

/** Whose acts are counted together. */
export const SCOPES = ['person', 'body', 'tenant'] as const;
export type Scope = (typeof SCOPES)[number];

const PER: Record<Scope, string> = {
  person: 'par personne',
  body: 'par organisation',
  tenant: 'par environnement Teams',
};

/** « 60 commentaires ». */
export const figureText = ({ noun: [one, several] }: Pick<Quota, 'noun'>, n: number): string =>
  `${n} ${n > 1 ? several : one}`;

/** What the limit is, and when it is possible again. */
export const refusalText = (scope: Scope, quota: Quota, most: number): string =>
  `La limite d’aujourd’hui est atteinte : ${figureText(quota, most)} ${PER[scope]}. Vous pourrez continuer dès demain. Votre formulaire reste tel que vous l’avez rempli.`;

export const limitText = (scope: Scope, quota: Quota, most: number): string =>
  `${figureText(quota, most)} ${PER[scope]}`;
