import { remembered } from './remembered.ts';

const SOUNDS: readonly [RegExp, string][] = [
  [/eaux?|aux?|ots?$|os$/g, 'o'],
  [/ph/g, 'f'],
  [/qu|q|ck|cc(?=[aou])|c(?=[aoulr]|$)|k/g, 'k'],
  [/ch|sh/g, 'S'],
  [/ti(?=on|el|al)|sci|ssi(?=on)|ci(?=on|el|al)|si(?=on)/g, 'si'],
  [/c(?=[eiy])|ss|sc(?=[eiy])/g, 's'],
  [/ge(?=[aou])|j|g(?=[eiy])/g, 'j'],
  [/gu(?=[ei])/g, 'g'],
  [/oe|eu|oeu/g, 'e'],
  [/(?:ai|ei|er|ez|et|es|ee|e)(?:s|nt)?$/g, 'e'],
  [/ai|ei/g, 'e'],
  [/[ae][mn](?=[^aeiouymn]|$)/g, 'A'],
  [/(?:ain|ein|in|im|yn)(?=[^aeiouymn]|$)/g, 'I'],
  [/y/g, 'i'],
  [/h/g, ''],
  // Only from where such letters begin: from each of them, the search for the end would start again.
  [/(?<![stdxpze])[stdxpze]+$/g, ''],
  [/(.)\1+/g, '$1'],
];

/** How a folded French word sounds, roughly: words that sound alike get the same key. */
export const soundOf = remembered((word) =>
  SOUNDS.reduce((sound, [pattern, letter]) => sound.replace(pattern, letter), word),
);
