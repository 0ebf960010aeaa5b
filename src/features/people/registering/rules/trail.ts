import { count } from '../../../../core/text/text.ts';

/** What a register did, or would have done: how many of each. */
export type Figures = Readonly<Partial<Record<keyof typeof WORDS, number>>>;

const WORDS = {
  bodies: ['organisme au fichier', 'organismes au fichier'],
  problems: ['problème à corriger', 'problèmes à corriger'],
  added: ['nouvel organisme', 'nouveaux organismes'],
  completed: ['organisme complété', 'organismes complétés'],
  aliases: ['autre nom', 'autres noms'],
  tenants: ['locataire associé', 'locataires associés'],
  contacts: ['contact écrit', 'contacts écrits'],
  kinds: ['genre confirmé', 'genres confirmés'],
  confirmed: ['adhésion confirmée', 'adhésions confirmées'],
} as const;

const NAMES = Object.keys(WORDS) as (keyof typeof WORDS)[];

/** What the trail keeps of a register: its id, and its figures that are not zero; never its name, nor what is in it. */
export const keptOf = (id: string, figures: Figures): string =>
  [id, ...NAMES.flatMap((name) => (figures[name] ? [`${name}=${figures[name]}`] : []))].join(':');

/** What the trail kept of a register, in words; nothing for what was written down before it kept figures. */
export function figuresInWords(object: string): string {
  const [, ...kept] = object.split(':');
  const said = new Map(kept.map((pair) => pair.split('=') as [string, string]));
  return NAMES.flatMap((name) => {
    const n = Number(said.get(name) ?? 0);
    const [one, several] = WORDS[name];
    return n > 0 ? [count(n, one, several)] : [];
  }).join(', ');
}

/** What is done with a register, as the journal says it. */
export const REGISTER_ACTS: Readonly<Record<string, string>> = {
  drop: 'a déposé un registre d’organismes',
  discard: 'a abandonné un registre d’organismes',
  import: 'a importé un registre d’organismes',
  terminal: 'a importé un registre d’organismes, demandé au terminal',
};
