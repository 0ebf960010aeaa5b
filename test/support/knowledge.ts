import { type Reads, readFiles } from '../../src/app/compose.ts';
import { buildKnowledgeBase, type KnowledgeBase } from '../../src/features/knowledge/answering/rules.ts';
import { type Content, contentInForce, readContent } from '../../src/features/knowledge/content/content.ts';

const WORDINGS = 4;
const ONE_IN = 5;

/** All that the guide answers. What the staff publish is learned here, without a thread: hundreds of tests do. */
const wholeKnowledge = (): KnowledgeBase => buildKnowledgeBase(contentInForce());

/** What some features read of their files, with that. */
export const readHere = (features: Parameters<typeof readFiles>[0]): Reads =>
  new Map([...readFiles(features), ['knowledge', wholeKnowledge()]]);

/** All that the guide answers, in few wordings: what the staff publish is then searched ten times as soon. */
export const shortKnowledge = (): KnowledgeBase => buildKnowledgeBase(short(readContent().content));

const short = (content: Content): Content => ({
  ...content,
  entries: content.entries.map((entry) => ({ ...entry, questions: entry.questions.slice(0, WORDINGS) })),
  silences: content.silences.map((silence) => ({
    ...silence,
    questions: silence.questions.slice(0, WORDINGS),
  })),
  outOfScope: content.outOfScope.filter((_said, n) => n % ONE_IN === 0),
});
