import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableName } from 'drizzle-orm';
import type { End, Hold, Persons, Retention } from '../src/core/rows/retention.ts';
import { periodText } from '../src/core/rows/retention-text.ts';
import { count } from '../src/core/text/text.ts';
import { PERIODS_FILE, type Period, readPeriods } from '../src/core/time/periods.ts';
import { deliveryRetention } from '../src/edges/delivery/index.ts';
import { inboxRetention } from '../src/edges/inbox/index.ts';
import { features } from '../src/features/registry.ts';

// docs/conservation.md, from what the features declare: `node tools/conservation.ts` writes it, and
// test/features/retention.test.ts fails where it says something else.

export const PAGE = join(import.meta.dirname, '../docs/conservation.md');

export const retentions: readonly Retention[] = [
  ...features.flatMap(({ retention }) => retention ?? []),
  ...deliveryRetention,
  ...inboxRetention,
];
const holds: readonly Hold[] = features.flatMap((feature) => feature.holds ?? []);
const periods = readPeriods(PERIODS_FILE);

/** What the engines keep beside our tables, by schema. */
export const ENGINES: Readonly<Record<string, string>> = {
  pgboss:
    'La file des travaux, pg-boss : des identifiants, jamais un mot de quelqu’un. Il oublie un travail quatorze jours après sa fin.',
  drizzle: 'Les migrations faites, et quel code le schéma sert encore. Personne n’y est nommé.',
};

function sourceOf(period: Period): string {
  switch (period.of) {
    case 'guide':
      return 'Guide, 4.12';
    case 'broker':
      return `Courtier, \`${period.setting}\``;
    case 'code':
      return `\`${period.setIn}\``;
  }
}

const dated = (period: Period, since: string): string => capitalized(periodText(period, since, periods));
const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function endText(end: End): readonly [string, string] {
  if (end === 'never') return ['Tant que le service existe', '–'];
  if ('with' in end) return [`Avec \`${getTableName(end.with)}\``, '–'];
  return [`${dated(end.period, end.since)}${end.by ? ` (${end.by})` : ''}`, sourceOf(end.period)];
}

const ERASED: Readonly<Record<Persons['erased'], string>> = {
  goes: 'effacé',
  stays: 'reste, sans nom',
  kept: 'reste',
};

const personsOf = ({ persons, alsoNamed = {} }: Retention): string =>
  [
    ...(persons?.named.map(
      ({ objectId, name }) =>
        `\`${objectId.name}\`${name ? `, \`${name.name}\`` : ''} : ${ERASED[persons.erased]}`,
    ) ?? []),
    ...Object.entries(alsoNamed).map(([column, how]) => `\`${column}\` : ${how}`),
  ].join(' ; ') || '–';

const uncapitalized = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function rowOf(each: Retention): string {
  const ends = each.ends.map(endText);
  const held = holds.filter(({ table }) => table === each.table);
  const lengths = [
    ...ends.map(([text]) => text),
    ...held.map(
      ({ period, since, why }) =>
        `Jamais avant : ${uncapitalized(dated(period, since))} (${uncapitalized(why).replace(/\.$/, '')})`,
    ),
  ];
  const sources = [...ends.map(([, source]) => source), ...held.map(({ period }) => sourceOf(period))];
  const row = [
    `\`${getTableName(each.table)}\``,
    each.what,
    lengths.join('<br>'),
    sources.join('<br>'),
    each.why,
    personsOf(each),
  ];
  return `| ${row.join(' | ')} |`;
}

/** The page, as it should be. */
export const conservationPage = (): string => `# Ce qui est gardé, et combien de temps

Cette page est faite par \`node tools/conservation.ts\`, d’après ce que chaque fonction déclare de ses tables (\`retention.ts\`, à côté de \`tables.ts\`). [\`test/features/retention.test.ts\`](../test/features/retention.test.ts) parcourt le schéma : une table sans déclaration, une colonne qui nomme quelqu’un sans le dire, ou cette page en retard sur le code, et l’essai échoue.

- **Guide** : la section 4.12 fixe la durée. Elle ne se règle pas ; une autre édition la change. Le Courtier y ajoute \`marginDays\` (${count(periods.marginDays, 'jour')}), le temps de voir qu’une date de fin était une erreur.
- **Courtier** : le guide ne dit rien ; la durée se règle dans [\`content/calendar/conservation.yaml\`](../content/calendar/conservation.yaml), en jours.
- Le reste tient au fonctionnement, et la durée est dans le fichier nommé.

Un seul travail, \`people.purge\`, oublie chaque nuit (7 h 15 UTC) ce dont la durée est passée : par pièces de 200 lignes, chacune entière avec ce qui lui appartient, et notée au journal avec son nombre. Arrêté n’importe où, il reprend la nuit suivante. Ce que quelqu’un écrit à ce moment attend.

La dernière colonne dit quelles colonnes nomment une personne, et ce qu’il en advient quand elle supprime ses données (« mes données »). « Sans nom » veut dire « Une personne partie » à la place du nom, et plus d’identifiant.

| Table | Ce que c’est | Combien de temps | De qui vient la durée | Pourquoi | Qui y est nommé |
| --- | --- | --- | --- | --- | --- |
${retentions.map(rowOf).join('\n')}

## À côté de ces tables

| Schéma | Ce que c’est |
| --- | --- |
${Object.entries(ENGINES)
  .map(([schema, what]) => `| \`${schema}\` | ${what} |`)
  .join('\n')}
`;

if (import.meta.main) writeFileSync(PAGE, conservationPage());
