import { join, resolve } from 'node:path';
import { ROOT } from '../../src/core/root.ts';
import type { AdaptiveCard } from '../../src/edges/teams/render.ts';
import type { AskedQuestion } from '../../src/features/knowledge/answering/store/questions.ts';
import { openBrowser } from '../../test/e2e/support/browser.ts';
import { heightsOf } from './draw.ts';

// How high the answers are: `npm run cards:heights -- [checkout]`, of this checkout or of another one beside it, as rows
// of a Markdown table. Ten questions of the FAQ, each by its own title.

const QUESTIONS = [
  'FAQ 1',
  'FAQ 2',
  'FAQ 3',
  'FAQ 5',
  'FAQ 8',
  'FAQ 9',
  'FAQ 12',
  'FAQ 16',
  'FAQ 20',
  'FAQ 25',
];

const root = resolve(process.argv[2] ?? ROOT);
const from = <T>(path: string): Promise<T> => import(join(root, path));

const { readContent } = await from<typeof import('../../src/features/knowledge/content/content.ts')>(
  'src/features/knowledge/content/content.ts',
);
const { buildKnowledgeBase } = await from<typeof import('../../src/features/knowledge/answering/rules.ts')>(
  'src/features/knowledge/answering/rules.ts',
);
const { answerCard } = await from<typeof import('../../src/features/knowledge/answering/screens/cards.ts')>(
  'src/features/knowledge/answering/screens/cards.ts',
);
const { buildRenderer } =
  await from<typeof import('../../src/edges/teams/render.ts')>('src/edges/teams/render.ts');

const { content } = readContent();
const base = buildKnowledgeBase(content);
const render = buildRenderer(join(root, 'cards'), new Set());

const asked = (title: string, entryId: string): AskedQuestion => ({
  id: '00000000-0000-4000-8000-000000000001',
  activityId: null,
  tenantId: 't',
  objectId: 'o',
  conversationId: 'c',
  text: title,
  root: null,
  depth: 0,
  outcome: 'answer',
  entryId,
  alsoId: null,
  score: 1,
  nearest: [entryId],
  rating: null,
  reason: null,
  comment: null,
  askedAt: new Date(0),
});

/** The elements that are drawn before anything is unfolded. */
function elementsOf(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, each) => sum + elementsOf(each), 0);
  if (node === null || typeof node !== 'object') return 0;
  const element = node as { readonly type?: unknown; readonly isVisible?: unknown };
  if (element.isVisible === false) return 0;
  const own = /^(?:TextBlock|FactSet|Input\.|Action\.)/.test(String(element.type)) ? 1 : 0;
  return Object.values(node).reduce((sum: number, inner) => sum + elementsOf(inner), own);
}

const cards: { readonly reference: string; readonly json: AdaptiveCard }[] = QUESTIONS.map((reference) => {
  const entry = content.entries.find((each) => each.reference === reference);
  if (!entry) throw new Error(`no entry ${reference}`);
  return { reference, json: render(answerCard(asked(entry.title, entry.id), entry, base)) };
});

const browser = await openBrowser();
try {
  const heights = await heightsOf(
    cards.map(({ json }) => json),
    browser,
  );
  for (const [at, { reference, json }] of cards.entries())
    process.stdout.write(
      `| ${reference} | ${elementsOf(json)} | ${heights[at]?.wide ?? ''} | ${heights[at]?.narrow ?? ''} |\n`,
    );
} finally {
  await browser.close();
}
