import type { Card } from '../../../../core/card.ts';
import { type GuideContact, guide, guideSource } from '../../../../core/guide/index.ts';
import { escapeMarkdown, shorten } from '../../../../core/text.ts';
import type { Asker, Escalation } from '../../escalating/store/escalation-records.ts';
import type { NextStep } from '../../screens/schema.ts';
import type { AnyEntry, KnowledgeBase } from '../rules.ts';
import type { AskedQuestion } from '../store/questions.ts';

/** « Guide, section 3.4.3 (édition du 1er juin 2018) » : where an answer comes from. */
export const sourceOf = ({ reference, owner }: Pick<AnyEntry, 'reference' | 'owner'>): string =>
  reference === 'live' ? `Réponse de l'équipe du Courtier (${owner})` : guideSource(reference);

const contactLine = ({ name, email, phones }: GuideContact): string =>
  [`${name} : [${email}](mailto:${email})`, ...phones.map(({ label, number }) => `${label} ${number}`)].join(
    ' · ',
  );

/** An answer in Teams' Markdown: a staff member's words are escaped, the content's are ours. */
const answerText = (entry: AnyEntry): string =>
  entry.reference === 'live' ? escapeMarkdown(entry.answer) : entry.answer;

/** The answer to a question, with its source and what one may do next. */
export function answerCard(question: AskedQuestion, entry: AnyEntry, base: KnowledgeBase): Card {
  const offered = entry.next.map((step) => ('ask' in step ? step.ask : ''));
  const related = entry.related.flatMap((id) => (offered.includes(id) ? [] : (base.entry(id) ?? [])));
  return {
    template: 'knowledge/answer',
    summary: `${entry.title} ${shorten(plain(answerText(entry)), 400)} Source : ${sourceOf(entry)}.`,
    view: {
      question: question.id,
      title: entry.reference === 'live' ? escapeMarkdown(entry.title) : entry.title,
      paragraphs: answerText(entry)
        .split(/\n{2,}/)
        .map((text) => ({ text })),
      source: sourceOf(entry),
      links: [
        ...entry.next.flatMap((step) => ('mail' in step ? [{ text: mailLink(step) }] : [])),
        ...entry.links.map(({ label, url }) => ({ text: `[${label}](${url})` })),
      ],
      hasNext: entry.next.some((step) => !('mail' in step)),
      next: entry.next.flatMap((step, n) => ('mail' in step ? [] : [nextButton(step, n)])),
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

type Mail = Extract<NextStep, { mail: unknown }>;

/** An e-mail with its address and its subject, for the person to finish in their own mail. */
function mailLink({ label, mail, subject, body }: Mail): string {
  const { email } = guide().institutions.contacts[mail];
  const fields = Object.entries({ subject, body })
    .flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []))
    .join('&');
  return `**[${label}](mailto:${email}?${fields})** · ${email}`;
}

/** A button of a next step: another entry, a message to the broker, or what the assistant does. */
const nextButton = (step: Exclude<NextStep, Mail>, n: number) => ({
  label: step.label,
  step: n,
  asks: 'ask' in step,
  entry: 'ask' in step ? step.ask : '',
  escalates: 'escalate' in step,
  runs: 'command' in step,
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

/** An honest refusal, with the nearest entries, whom to write to, and a way to a person. */
export function declinedCard(question: AskedQuestion, base: KnowledgeBase): Card {
  const nearest = question.nearest.flatMap((id) => base.entry(id) ?? []).slice(0, 3);
  const contact = base.contact(nearest[0]?.contact ?? 'courtier');
  return {
    template: 'knowledge/declined',
    summary: `Je n'ai pas de réponse sûre. Vous pouvez transmettre votre question au Courtier, ou écrire à ${contact.email}.`,
    view: {
      question: question.id,
      hasNearest: nearest.length > 0,
      nearest: nearest.map(({ id, title }) => ({ entry: id, title: shorten(title, 100) })),
      contact: contactLine(contact),
    },
  };
}

/** The form that hands a question to the broker's staff. */
export function askPersonCard(question: AskedQuestion, contact: GuideContact, message: string): Card {
  return {
    template: 'knowledge/ask-person',
    summary: 'Écrivez votre question : une personne du Courtier vous répondra ici.',
    view: { question: question.id, message, contact: contactLine(contact) },
  };
}

export function escalatedCard(escalation: Escalation): Card {
  return {
    template: 'knowledge/escalated',
    summary: `Votre question nº ${escalation.number} est transmise au Courtier. Vous recevrez la réponse ici.`,
    view: { number: escalation.number, text: escapeMarkdown(shorten(escalation.text, 500)) },
  };
}

/** What an asker receives when the staff have answered. */
export function answeredCard(escalation: Escalation, asked: Pick<Asker, 'text'>): Card {
  const answer = escapeMarkdown(escalation.answer ?? '');
  return {
    template: 'knowledge/answered',
    summary: `Réponse du Courtier à votre question nº ${escalation.number} : ${shorten(escalation.answer ?? '', 400)}`,
    view: {
      escalation: escalation.id,
      number: escalation.number,
      text: escapeMarkdown(shorten(asked.text, 300)),
      answer,
      author: escapeMarkdown(escalation.takenByName ?? 'Équipe du Courtier'),
    },
  };
}

const GROUPS: { title: string; holds: (reference: string) => boolean }[] = [
  { title: 'Le Courtier et le Catalogue (chapitre 2)', holds: (reference) => reference.startsWith('2') },
  { title: "Le processus d'acquisition (chapitre 3)", holds: (reference) => /^3(\.|$)/.test(reference) },
  { title: 'La vie du contrat (chapitre 4)', holds: (reference) => /^4(\.|$)/.test(reference) },
  { title: 'Foire aux questions', holds: (reference) => reference.startsWith('FAQ') },
  { title: 'Glossaire', holds: (reference) => reference.startsWith('def:') },
  { title: 'Personnes à joindre', holds: (reference) => reference === '6' },
  { title: 'Cette édition du guide', holds: (reference) => reference === 'historique' },
];
const PAGE = 8;

/** The table of contents: a group of entries, a page of them. */
export function topicsCard(base: KnowledgeBase, group: number, page: number): Card {
  const current = GROUPS[group] ?? GROUPS[0];
  const entries = base.content.entries.filter(({ reference }) => current?.holds(reference));
  const pages = Math.max(1, Math.ceil(entries.length / PAGE));
  const shown = Math.min(page, pages);
  return {
    template: 'knowledge/topics',
    summary: `Sommaire : ${current?.title}.`,
    view: {
      heading: current?.title ?? '',
      groups: GROUPS.map(({ title }, n) => ({ title, value: String(n) })),
      group,
      entries: entries
        .slice((shown - 1) * PAGE, shown * PAGE)
        .map(({ id, title }) => ({ entry: id, title: shorten(title, 100) })),
      paged: pages > 1,
      position: `Page ${shown} de ${pages}`,
      hasPrevious: shown > 1,
      previous: shown - 1,
      hasNext: shown < pages,
      next: shown + 1,
    },
  };
}

const plain = (markdown: string): string => markdown.replace(/\*\*|\\/g, '').replace(/\s+/g, ' ');
