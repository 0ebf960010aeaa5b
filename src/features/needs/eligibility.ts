import type { Kind } from '../acquisitions/index.ts';

/** On what conditions each kind of organization may buy from the catalogue (guide 2.4). */
export const ELIGIBILITY: Readonly<
  Record<Kind, { readonly title: string; readonly condition: string; readonly rcti: boolean }>
> = {
  lcop4: {
    title: 'Ministère ou organisme visé à l’article 4 de la LCOP',
    condition: 'Vous êtes assujettis à l’article 48 du RCTI : vous pouvez conclure de gré à gré.',
    rcti: true,
  },
  lcop7: {
    title: 'Organisme visé à l’article 7 de la LCOP',
    condition:
      'Il faut d’abord avoir adopté une politique sur les conditions de vos contrats qui permet ce contrat de gré à gré.',
    rcti: false,
  },
  municipal: {
    title: 'Organisme municipal',
    condition: 'Il faut être visé par des dispositions de la loi qui permettent ce contrat de gré à gré.',
    rcti: false,
  },
  cspq8: {
    title: 'Organisation visée par l’article 8 de la Loi sur le CSPQ',
    condition: 'Vous pouvez conclure de gré à gré.',
    rcti: false,
  },
};
