import type { Card } from '../../../../core/card.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown, shorten } from '../../../../core/text/text.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import type { KnowledgeBase } from '../../answering/rules.ts';
import type { KnowledgeServices } from '../../answering/screens/actions.ts';
import {
  BenchAddition,
  type BenchFilter,
  BenchPage,
  BenchQuestion,
  Nothing,
  Tried,
} from '../../screens/schema.ts';
import type { Explanation } from '../../search/explain.ts';
import { judge, type Verdict } from '../rules/judging.ts';
import { asKnown, type BenchQuestion as Row } from '../store/bench.ts';
import { entryChoices } from './cards.ts';

const LIST = 5;
const NEAREST = 4;
/** What is chosen for a question that should not be answered; it is the id of no entry. */
const NONE = '-';
/** So many questions are asked before others have their turn. */
const PACE = 25;

const OUTCOMES: Record<Explanation['outcome'], string> = {
  answer: 'Je réponds.',
  choice: 'Je propose un choix.',
  none: 'Je n’ai pas de réponse sûre.',
};
const percent = (part: number): string => `${Math.round(part * 100)} %`;

/** A question that was tried: what comes, and what each signal says of the nearest entries. */
function tryCard(asked: string, found: Explanation | undefined, base: KnowledgeBase, word = ''): Card {
  const first = found?.nearest[0]?.id;
  return {
    template: 'knowledge/try',
    summary: found
      ? `« ${shorten(asked, 200)} » : ${OUTCOMES[found.outcome]}`
      : 'Écrivez une question à essayer.',
    view: {
      notice: word,
      hasNotice: word !== '',
      typed: asked,
      asked,
      tried: found !== undefined,
      outcome: found ? OUTCOMES[found.outcome] : '',
      facts: found ? factsOf(found).map((text) => ({ text })) : [],
      nearest: (found?.nearest ?? []).slice(0, NEAREST).map(({ id, score, words, letters, classifier }) => ({
        title: escapeMarkdown(shorten(base.entry(id)?.title ?? id, 120)),
        score: percent(score),
        signals: `mots ${percent(words)} · lettres ${percent(letters)} · classifieur ${percent(classifier)}`,
      })),
      likely: found?.outcome === 'none' ? NONE : (first ?? NONE),
      choices: [{ title: 'Aucune : c’est hors sujet', value: NONE }, ...entryChoices(base)],
    },
  };
}

const factsOf = ({ coverage, background, length }: Explanation): string[] => [
  `${count(length, 'mot qui compte', 'mots qui comptent')}, connus du guide à ${percent(coverage)}.`,
  background === undefined
    ? ''
    : `Chances d’être hors sujet, d’après le classifieur : ${percent(background)}.`,
];

/** « essayer », alone or followed by the question. */
export async function tryOne(turn: MessageTurn, { knowledge: { base } }: KnowledgeServices): Promise<void> {
  const asked = turn.argument.slice(0, 1_000);
  await turn.reply(tryCard(asked, asked === '' ? undefined : base.explain(asked), base));
}

export const tryQuestion = action(
  'knowledge.tryQuestion',
  Tried,
  draws((_turn, { wording }, { knowledge: { base } }: KnowledgeServices) =>
    tryCard(wording, base.explain(wording), base),
  ),
  'staff',
);

export const addToBench = creating(
  'knowledge.addToBench',
  { uncounted: 'The work of the staff: it reaches nobody.' },
  BenchAddition,
  redraws(
    async ({ person, effect }, { asked, expected }, { knowledge: { base, bench } }: KnowledgeServices) => {
      if (expected !== NONE && !base.entry(expected))
        throw new CourtierError('refused', 'Choisissez une réponse qui est en vigueur.');
      await bench.addToBench(person, effect, asked, expected === NONE ? null : expected);
    },
    (_turn, { asked }, { knowledge: { base } }, word) => tryCard(asked, base.explain(asked), base, word),
    'La question est dans le banc.',
  ),
  'staff',
);

interface Judged {
  readonly row: Row;
  readonly verdict: Verdict;
}

/** The test set as it goes now; others have their turn meanwhile. */
async function judged({ knowledge: { base, bench } }: KnowledgeServices): Promise<Judged[]> {
  const all: Judged[] = [];
  for (const row of await bench.listBench()) {
    all.push({ row, verdict: judge(base, asKnown(row), () => undefined) });
    if (all.length % PACE === 0) await new Promise((go) => setImmediate(go));
  }
  return all;
}

const isRight = ({ verdict }: Judged): boolean => verdict.level === 3;
const WHICH: Record<BenchFilter, (each: Judged) => boolean> = {
  all: () => true,
  good: isRight,
  bad: (each) => !isRight(each),
};
const HEADINGS: Record<BenchFilter, string> = {
  all: 'Banc de questions',
  good: 'Banc de questions : réussies',
  bad: 'Banc de questions : ratées',
};

function comes({ outcome, first }: Verdict, base: KnowledgeBase): string {
  if (outcome === 'none') return 'aucune réponse';
  return `${outcome === 'choice' ? 'un choix, d’abord ' : ''}« ${base.entry(first ?? '')?.title ?? 'une réponse retirée'} »`;
}

async function benchCard(
  filter: BenchFilter,
  page: number,
  services: KnowledgeServices,
  word = '',
): Promise<Card> {
  const { knowledge, timeZone } = services;
  const { base, bench } = knowledge;
  const [all, runs] = [await judged(services), await bench.listRuns()];
  const list = pageOf(all.filter(WHICH[filter]), page, LIST);
  return {
    template: 'knowledge/bench',
    summary: `${HEADINGS[filter]} : ${list.total}.`,
    view: {
      notice: word,
      hasNotice: word !== '',
      heading: `${HEADINGS[filter]} · ${list.total.toLocaleString('fr-CA')}`,
      filter,
      empty: list.total === 0,
      rows: list.items.map(({ row, verdict }) => ({
        question: row.id,
        text: escapeMarkdown(shorten(row.text, 160)),
        line: escapeMarkdown(
          verdict.level === 3
            ? `Réussie · ${comes(verdict, base)}`
            : `Ratée · attendu : ${row.entryId ? `« ${base.entry(row.entryId)?.title ?? 'une réponse retirée'} »` : 'aucune réponse'} · obtenu : ${comes(verdict, base)}`,
        ),
        color: verdict.level === 3 ? 'Good' : 'Attention',
      })),
      ...pagingRow(list, 'questions'),
      hasRuns: runs.length > 0,
      runs: runs.map(({ at, good, total }) => ({
        when: frenchDateTime(at, timeZone),
        good: `${good} sur ${total}`,
        share: total === 0 ? '–' : percent(good / total),
      })),
    },
  };
}

export async function listBench(turn: MessageTurn, services: KnowledgeServices): Promise<void> {
  await turn.reply(await benchCard('all', 1, services));
}

export const benchPage = action(
  'knowledge.bench',
  BenchPage,
  draws((_turn, { filter, page }, services: KnowledgeServices) => benchCard(filter, page, services)),
  'staff',
);

export const removeFromBench = action(
  'knowledge.removeFromBench',
  BenchQuestion,
  redraws(
    ({ person }, { question }, { knowledge }: KnowledgeServices) =>
      knowledge.bench.removeFromBench(person, question),
    (_turn, _input, services, word) => benchCard('all', 1, services, word),
    'La question n’est plus dans le banc.',
  ),
  'staff',
);

export const runBench = creating(
  'knowledge.runBench',
  { uncounted: 'The work of the staff: it reaches nobody.' },
  Nothing,
  redraws(
    async ({ person, effect }, _input, services: KnowledgeServices) => {
      const all = await judged(services);
      if (all.length === 0)
        throw new CourtierError('refused', 'Le banc est vide : « essayer » y ajoute des questions.');
      const right = all.filter(isRight).length;
      await services.knowledge.bench.noteRun(person, effect, right, all.length);
      return { right, total: all.length };
    },
    (_turn, _input, services, word) => benchCard('all', 1, services, word),
    ({ right, total }) => `${right} sur ${total} : le résultat est noté.`,
  ),
  'staff',
);
