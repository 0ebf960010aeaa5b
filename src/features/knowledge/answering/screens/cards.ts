import type { Card } from '../../../../core/card.ts';
import { type GuideContact, guide, guideSource, linkedSource } from '../../../../core/guide/index.ts';
import { mailLink as mailto } from '../../../../core/text/mail-link.ts';
import { escapeMarkdown, shorten } from '../../../../core/text/text.ts';
import { questionsIn } from '../../reading/questions.ts';
import type { NextStep } from '../../screens/schema.ts';
import { isEnglish } from '../../search/index.ts';
import { briefOf } from '../brief.ts';
import { leadOf, readFor } from '../lead.ts';
import type { AnyEntry, KnowledgeBase } from '../rules.ts';
import type { AskedQuestion } from '../store/questions.ts';

/** « Guide, section 3.4.3 (édition du 1er juin 2018) » : where an answer comes from. */
export const sourceOf = ({ reference, owner }: Pick<AnyEntry, 'reference' | 'owner'>): string =>
  reference === 'live' ? `Réponse de l'équipe du Courtier (${owner})` : guideSource(reference);

/** Where an answer comes from: a link to the passage where it can be read; else, which page. */
const linkedSourceOf = (entry: AnyEntry): string =>
  entry.reference === 'live' ? escapeMarkdown(sourceOf(entry)) : linkedSource(entry.reference, entry.id);

export const contactLine = ({ name, email, phones }: GuideContact): string =>
  [`${name} : [${email}](mailto:${email})`, ...phones.map(({ label, number }) => `${label} ${number}`)].join(
    ' · ',
  );

/** An answer in Teams' Markdown: a staff member's words are escaped, the content's are ours. */
const answerText = (entry: AnyEntry): string =>
  entry.reference === 'live' ? escapeMarkdown(entry.answer) : entry.answer;

/** What a question says, with the one that it goes on from. */
export const askedIn = ({ root, text }: Pick<AskedQuestion, 'root' | 'text'>): string =>
  root === null ? text : `${root} ${text}`;

/** An answer as it is read for a question: its title, the point that the question is about, its text and its source. */
function answerView(entry: AnyEntry, asked: string, at: number, standing?: string) {
  const { lead, answer } = readFor({ ...entry, answer: answerText(entry) }, asked);
  const { brief, details } = briefOf(lead, answer);
  return {
    id: `answer-${at}`,
    second: at > 0,
    title: entry.reference === 'live' ? escapeMarkdown(entry.title) : entry.title,
    lead: lead ?? '',
    led: lead !== undefined,
    standing: standing ?? '',
    stands: standing !== undefined,
    brief: brief.map((text) => ({ text })),
    details: details.map((text) => ({ text })),
    folds: details.length > 0,
    source: linkedSourceOf(entry),
    cited: sourceOf(entry),
  };
}

const ENGLISH = 'I understood your question in English, but I answer in French.';

/** The answer to a question, with its source and what one may do next; two, when a message asks two questions. */
export function answerCard(
  question: AskedQuestion,
  entry: AnyEntry,
  base: KnowledgeBase,
  standing?: string,
): Card {
  const offered = entry.next.map((step) => ('ask' in step ? step.ask : ''));
  const second = base.entry(question.alsoId ?? '');
  const asked = second ? [] : otherQuestions(question, entry, base);
  const related = [...new Set([...asked, ...entry.related])].flatMap((id) =>
    offered.includes(id) || id === second?.id ? [] : (base.entry(id) ?? []),
  );
  const answers = answersIn(question, entry, second, standing);
  const next = entry.next.flatMap((step, n) => ('mail' in step ? [] : [nextButton(step, n)]));
  return {
    template: 'knowledge/answer',
    summary: answers.map(spoken).join(' '),
    view: {
      question: question.id,
      answers,
      follows: question.root !== null,
      root: escapeMarkdown(shorten(question.root ?? '', 120)),
      english: isEnglish(question.text) ? ENGLISH : '',
      inEnglish: isEnglish(question.text),
      links: [
        ...entry.next.flatMap((step) => ('mail' in step ? [{ text: mailLink(step) }] : [])),
        ...entry.links.map(({ label, url }) => ({ text: `[${label}](${url})` })),
      ],
      hasNext: next.length > 0,
      asking: next.filter(({ does }) => does === 'asks'),
      escalating: next.filter(({ does }) => does === 'escalates'),
      running: next.filter(({ does }) => does === 'runs'),
      hasRelated: related.length > 0,
      related: related.slice(0, 3).map(({ id, title }) => ({ entry: id, title: shorten(title, 100) })),
      toRate: question.rating === null,
      toExplain: question.rating === 'down' && question.reason === null,
      thanks:
        question.rating === 'up'
          ? 'Merci ! 👍'
          : question.reason !== null
            ? "Merci : l'équipe du Courtier lira votre avis. 👎"
            : '',
      thanked: question.rating === 'up' || question.reason !== null,
    },
  };
}

/** What the other questions of a message are nearest to, when they had no sure answer: it is offered first. */
function otherQuestions({ text }: AskedQuestion, entry: AnyEntry, base: KnowledgeBase): string[] {
  const parts = questionsIn(text);
  if (parts.length < 2) return [];
  return parts.flatMap((part) => {
    const { outcome, hits } = base.search(part);
    const [nearest] = hits;
    return outcome !== 'none' && nearest && nearest.id !== entry.id ? [nearest.id] : [];
  });
}

type AnswerView = ReturnType<typeof answerView>;

/** The answers of a question's card: each is read for the part of the message that it answers. */
function answersIn(
  question: AskedQuestion,
  entry: AnyEntry,
  second: AnyEntry | undefined,
  standing: string | undefined,
): readonly AnswerView[] {
  if (!second) {
    // What a message says by itself comes before what it goes on from.
    const own = leadOf(entry.points, question.text) !== undefined;
    return [answerView(entry, own ? question.text : askedIn(question), 0, standing)];
  }
  const parts = questionsIn(question.text);
  return [
    answerView(entry, parts[0] ?? question.text, 0, standing),
    answerView(second, parts.at(-1) ?? question.text, 1),
  ];
}

/** An answer as it is read aloud and shown in a notification. */
const spoken = ({ title, lead, brief, details, cited }: AnswerView): string => {
  const text = [...brief, ...details].map((paragraph) => paragraph.text).join('\n\n');
  return `${title} ${[lead, shorten(plain(text), 400)].filter(Boolean).join(' ')} Source : ${cited}.`;
};

type Mail = Extract<NextStep, { mail: unknown }>;

/** An e-mail with its address and its subject, for the person to finish in their own mail. */
function mailLink({ label, mail, subject, body }: Mail): string {
  const { email } = guide().institutions.contacts[mail];
  return `**[${label}](${mailto(email, { subject, body })})** · ${email}`;
}

/** A button of a next step: another entry, a message to the broker, or what the assistant does. */
const nextButton = (step: Exclude<NextStep, Mail>, n: number) => ({
  label: step.label,
  step: n,
  /** The first is what one most likely does next. */
  style: n === 0 ? 'positive' : 'default',
  does: 'ask' in step ? 'asks' : 'escalate' in step ? 'escalates' : 'runs',
  entry: 'ask' in step ? step.ask : '',
  command: 'command' in step ? step.command : '',
});

/** Up to three questions that are close to what was asked. */
export function choiceCard(
  question: AskedQuestion,
  base: KnowledgeBase,
  ids: readonly string[],
  lead: string,
): Card {
  const choices = ids.flatMap((id) => base.entry(id) ?? []).slice(0, 3);
  return {
    template: 'knowledge/choice',
    summary: `${lead} ${choices.map((entry, n) => `${n + 1}. ${entry.title}`).join(' ')}`,
    view: {
      question: question.id,
      lead,
      choices: choices.map(({ id, title }) => ({ entry: id, title: shorten(title, 100) })),
    },
  };
}

const plain = (markdown: string): string => markdown.replace(/\*\*|\\/g, '').replace(/\s+/g, ' ');
