import { frenchDay } from '../clock.ts';
import { capital, uncapital } from '../text/text.ts';
import type { Guide, GuideDocument } from './schema.ts';
import { sectionsOf, sourceIn } from './source.ts';
import { ordinal, quantity } from './words.ts';

/** A fact as it is said: plainly, or in another form that a text may ask for. */
type Forms = Readonly<Record<string, string>>;

const PLACE = /\{\{([\w-]+)(?:\|([\w.+-]+))?\}\}/g;
const known = new WeakMap<Guide, ReadonlyMap<string, Forms>>();

/** All that a text may ask of the guide, by its key; '' is the plain form. */
function factsOf(guide: Guide): ReadonlyMap<string, Forms> {
  const found = known.get(guide);
  if (found) return found;
  const facts = new Map<string, Forms>([
    ...editionFacts(guide),
    ...institutionFacts(guide),
    ...ruleFacts(guide),
    ...listFacts(guide),
  ]);
  known.set(guide, facts);
  return facts;
}

function formOf(guide: Guide, key: string, form = ''): string | undefined {
  if (key === 'guide') {
    const sections = sectionsOf(form);
    return sections && sourceIn(guide, sections);
  }
  const forms = factsOf(guide).get(key);
  if (form !== 'majuscule') return forms?.[form];
  const plain = forms?.[''];
  return plain === undefined ? undefined : capital(plain);
}

const DEEPEST = 3;

/** A text in which `{{copyDays}}` has become « cinq jours ouvrables ». Throws for a fact that there is not. */
export function fillFacts(text: string, guide: Guide, depth = 0): string {
  if (!text.includes('{{')) return text;
  if (depth > DEEPEST) throw new Error(`the guide's facts go round in « ${text.slice(0, 60)} »`);
  return text.replace(PLACE, (place, key: string, form: string | undefined) => {
    const said = formOf(guide, key, form);
    if (said === undefined) throw new Error(`the guide has no fact ${place}`);
    return fillFacts(said, guide, depth + 1);
  });
}

/** The facts that a text asks for and that the guide does not have. */
export const missingFacts = (text: string, guide: Guide): string[] =>
  [...text.matchAll(PLACE)].flatMap(([, key = '', form]) =>
    formOf(guide, key, form) === undefined ? [form ? `${key}|${form}` : key] : [],
  );

function editionFacts({ edition: { date, title, history } }: Guide): [string, Forms][] {
  const lines = history.map(({ date: day, changes }) => `- **${frenchDay(day)}** : ${changes.join(' ; ')}.`);
  return [
    ['edition', { '': frenchDay(date), titre: title }],
    ['history', { '': lines.join('\n') }],
  ];
}

/** « le CSPQ », « du CSPQ », « à la DGSGC »: a body's acronym after an article that agrees. */
function articles(name: string, gender: 'm' | 'f'): Forms {
  const vowel = /^[aeiouyéèêàâîôûh]/i.test(name);
  const [le, du, au] = vowel
    ? ['l’', 'de l’', 'à l’']
    : gender === 'm'
      ? ['le ', 'du ', 'au ']
      : ['la ', 'de la ', 'à la '];
  return { le: `${le}${name}`, Le: capital(`${le}${name}`), du: `${du}${name}`, au: `${au}${name}` };
}

function institutionFacts({ institutions, laws }: Guide): [string, Forms][] {
  const { bodies, contacts, links, mailingSubject } = institutions;
  return [
    ...Object.entries(bodies).map(([id, { acronym, name, gender }]): [string, Forms] => {
      const { du = '', au = '' } = articles(name, gender);
      return [id, { '': acronym, nom: name, 'du-nom': du, 'au-nom': au, ...articles(acronym, gender) }];
    }),
    ...Object.entries(contacts).map(([id, { name, email, phones }]): [string, Forms] => [
      id,
      {
        '': name,
        courriel: email,
        telephones: phones.map(({ label, number }) => `- ${label} : ${number}`).join('\n'),
        'telephones-en-ligne': phones.map(({ label, number }) => `${label} ${number}`).join(', '),
      },
    ]),
    ...Object.entries(laws).map(([id, { acronym, name, where }]): [string, Forms] => [
      id,
      { '': acronym, nom: name, complet: where ? `${name} (${where})` : name },
    ]),
    ['portal', { '': links.portal }],
    ['saasAccounting', { '': links.saasAccounting }],
    ['mailingSubject', { '': mailingSubject }],
    ['acronyms', { '': acronymLines({ institutions, laws }) }],
  ];
}

const acronymLines = ({ institutions: { bodies }, laws }: Pick<Guide, 'institutions' | 'laws'>): string =>
  [
    ...[laws.lcop, laws.rcti, laws.mo, laws.seao].map(
      ({ acronym, name, where }) => `- **${acronym}** : ${name}${where ? ` (${where})` : ''}`,
    ),
    ...Object.values(bodies).map(({ acronym, name }) => `- **${acronym}** : ${name}`),
  ].join('\n');

function ruleFacts({ rules }: Guide): [string, Forms][] {
  const plain = Object.entries(rules).map(([id, { value, unit }]): [string, Forms] =>
    unit === 'rang'
      ? [id, { '': ordinal(value), chiffres: String(value) }]
      : [id, { '': quantity(value, unit), chiffres: quantity(value, unit, true) }],
  );
  return [...plain, ['contractMonths', { '': quantity(rules.contractYears.value * 12, 'mois', true) }]];
}

function listFacts(guide: Guide): [string, Forms][] {
  const { categories, organizations, seao, quarters, documents, steps, agenda, comments } = guide;
  const items = (lines: readonly string[], end = ' ;', last = '.') =>
    lines.map((line, n) => `- ${line}${n === lines.length - 1 ? last : end}`).join('\n');
  const numbered = (lines: readonly string[]) => lines.map((line, n) => `${n + 1}. ${line}`).join('\n');
  return [
    ['categories', { '': items(Object.values(categories).map(({ name }) => uncapital(name))) }],
    ['organizations', { '': numbered(Object.values(organizations).map(({ says }) => says)) }],
    [
      'seaoFields',
      {
        '': items(
          Object.values(seao).map(({ field, value }) => `**${field}** : ${value}`),
          '',
          '',
        ),
      },
    ],
    ['seaoNature', { '': seao.nature.value, champ: seao.nature.field }],
    [
      'quarters',
      { '': items(quarters.map(({ from, to }) => `du **${monthDay(from)} au ${monthDay(to)}**`)) },
    ],
    ['documentsCopy', { '': documentLines(documents, 'copy', guide) }],
    ['documentsAtOnce', { '': documentLines(documents, 'atOnce', guide) }],
    ['documentsRequest', { '': documentLines(documents, 'request', guide) }],
    ['steps', { '': numbered(steps.map(({ says }) => says)) }],
    ['agenda', { '': numbered(agenda) }],
    ['commentSubjects', { '': items(Object.values(comments).map(({ says }) => says)) }],
  ];
}

/** The rows of a way of sending: how long each is kept, and what the broker may use it for. */
const documentLines = (documents: readonly GuideDocument[], sent: GuideDocument['sent'], guide: Guide) =>
  documents
    .filter((document) => document.sent === sent)
    .map(({ name, examples, kept, after, note, uses, rctiOnly }) => {
      const mo = rctiOnly ? ` (${guide.laws.mo.acronym} assujettis au ${guide.laws.rcti.acronym})` : '';
      const long =
        kept === 'contract'
          ? '**toute la durée du contrat**'
          : quantity(guide.rules.keptYears.value, 'an', true);
      const said = [long, after && `délai compté à partir de ${after}`, note].filter(Boolean).join(' ; ');
      return `- **${name}**${mo}${examples ? ` (${examples})` : ''} : ${said}. Sert à : ${uses.join(', ')}.`;
    })
    .join('\n');

/** « 1er avril ». */
const monthDay = (text: string): string => frenchDay(`2027-${text}`).replace(/ \d{4}$/, '');
