import type { Card } from '../../../core/card.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { progressBar } from '../../../core/cards/progress.ts';
import { markOf } from '../../../core/cards/showed.ts';
import { longestMonths } from '../../../core/guide/index.ts';
import { personKeyOf } from '../../../core/people/person-key.ts';
import { escapeMarkdown, shorten } from '../../../core/text/text.ts';
import type { Person } from '../../../core/turn.ts';
import { exclusionOf, KINDS_OF_BODY } from '../../acquisitions/index.ts';
import { answerLines, markOfQuestion, progressOf, shownValue } from '../rules/answers.ts';
import { considerationsOf } from '../rules/considerations.ts';
import { eligibilityText } from '../rules/eligibility.ts';
import { type Needs, stepsOf, type Value } from '../rules/facts.ts';
import { GROUPS, QUESTIONS, type Question, questionNamed } from '../rules/questions.ts';
import { stepInputs } from '../rules/reading.ts';
import { MOST_ASKED } from '../store/asked.ts';
import type { Delegation } from '../store/delegating.ts';
import type { FileNeeds } from '../store/file-needs.ts';

const numberOf = (question: Question): number => QUESTIONS.indexOf(question) + 1;

export function overviewCard({ file, needs, eligibility, asked }: FileNeeds, notice = ''): Card {
  const { done, total, open } = progressOf(needs);
  const next = open[0];
  const exclusion = exclusionOf(eligibility);
  const considerations = [...(exclusion ? [exclusion] : []), ...considerationsOf(needs, eligibility)];
  return {
    template: 'needs/overview',
    summary: `Besoins du dossier « ${file.name} » : ${done} de ${total}.`,
    view: {
      file: file.id,
      name: escapeMarkdown(file.name),
      heading: `Besoins · ${done} de ${total}`,
      ...noticeView(notice),
      considered: considerations.length > 0,
      considerations: considerations.map((text) => ({ text: `• ${escapeMarkdown(text)}` })),
      eligibility: eligibility
        ? eligibilityText(eligibility)
        : 'À dire : quel genre d’organisation êtes-vous ?',
      ...progressBar(done, total),
      unsaid: eligibility === undefined,
      groups: GROUPS.map(({ title, ids }) => groupOf(file.id, title, ids, needs, asked)),
      complete: next === undefined,
      leaving:
        next === undefined && eligibility !== undefined && exclusion === undefined && file.state === 'open',
      open: file.state === 'open',
      continuing: (next !== undefined || !eligibility) && file.state === 'open',
    },
  };
}

/** Questions that go together: those that are answered fold into a line. */
function groupOf(
  file: string,
  title: string,
  ids: readonly string[],
  needs: Needs,
  asked: FileNeeds['asked'],
) {
  const open = new Set(progressOf(needs).open);
  return {
    title,
    count: `${ids.filter((id) => !open.has(id)).length} de ${ids.length}`,
    questions: ids.map((id) => {
      const question = questionNamed(id);
      const done = !open.has(id);
      return {
        file,
        question: id,
        label: question.title,
        title: `${done ? '✓ ' : ''}${numberOf(question)} · ${question.title}`,
        open: !done || asked.has(id),
        state: stateOf(question, needs, asked),
      };
    }),
  };
}

function stateOf(question: Question, { answers, review }: Needs, asked: FileNeeds['asked']): string {
  const [first] = answerLines(question, answers);
  const answer = first && escapeMarkdown(shorten(first, 90));
  const waits = asked.get(question.id);
  const reviewed = review.includes(question.id);
  if (waits) {
    const put = `Posée à ${escapeMarkdown(waits.names)}`;
    return answer && !reviewed ? `${put} · Réponse actuelle : ${answer}` : put;
  }
  if (reviewed) return 'À revoir : une réponse dont elle dépend a changé';
  return answer || 'Sans réponse';
}

const FEWEST_STEPS = 3;

/** How many lines a quantity has: those that are answered, and one more while a month is left for it. */
const linesFor = (answered: number): number =>
  Math.max(FEWEST_STEPS, answered, Math.min(answered + 1, longestMonths() - 1));

/** The lines of the changes of a quantity: those that are answered, and room for more. */
function stepLines(field: string, value: Value | undefined) {
  const steps = stepsOf(value);
  return Array.from({ length: linesFor(steps.length) }, (_, n) => {
    const { month, units } = stepInputs(field, n + 1);
    const step = steps[n];
    return {
      month,
      units,
      monthLabel: n === 0 ? 'À partir du mois' : `Mois, changement ${n + 1}`,
      unitsLabel: n === 0 ? 'Unités alors' : `Unités, changement ${n + 1}`,
      fromMonth: step ? String(step.fromMonth) : '',
      count: step ? String(step.units) : '',
    };
  });
}

/** The fields of a question, as the template draws them. */
function fieldsOf(question: Question, needs: Needs) {
  const answer = needs.answers[question.id] ?? {};
  return question.fields(needs.answers).map((field) => ({
    kind:
      field.kind === 'number' || field.kind === 'months' || field.kind === 'money' || field.kind === 'date'
        ? 'line'
        : field.kind,
    id: field.id,
    label: field.label,
    required: field.required === true,
    missing: 'Cette réponse manque.',
    value: shownValue(field, answer[field.id]),
    choices:
      field.kind === 'choice' || field.kind === 'choices'
        ? field.choices.map(([value, title]) => ({ value, title }))
        : [],
    steps: field.kind === 'steps' ? stepLines(field.id, answer[field.id]) : [],
  }));
}

export function questionCard(
  { file, needs, revision, asked }: FileNeeds,
  question: Question,
  notice = '',
): Card {
  const open = file.state === 'open';
  const fields = open ? fieldsOf(question, needs) : [];
  const waits = asked.get(question.id);
  const said = notice || (waits ? `Cette question est posée à ${waits.names}.` : '');
  return {
    template: 'needs/question',
    summary: `Question ${numberOf(question)} : ${question.title}`,
    view: {
      file: file.id,
      question: question.id,
      revision,
      showed: markOfQuestion(question, needs),
      heading: `Besoins · ${numberOf(question)} de ${QUESTIONS.length}`,
      title: question.title,
      help: question.help,
      ...noticeView(said),
      ...progressBar(numberOf(question), QUESTIONS.length),
      fields,
      archived: !open,
      lines: open ? [] : linesOf(question, needs).map((text) => ({ text: escapeMarkdown(text) })),
      fillable: fields.length > 0,
      waiting: open && fields.length === 0,
      asked: waits?.ids.slice(0, MOST_ASKED).join(',') ?? '',
      takeable: waits !== undefined && open,
    },
  };
}

export function askCard({ file }: FileNeeds, question: Question, colleagues: readonly Person[]): Card {
  return {
    template: 'needs/ask',
    summary: `Poser la question ${numberOf(question)} à un collègue.`,
    view: {
      file: file.id,
      question: question.id,
      title: question.title,
      archived: file.state !== 'open',
      able: file.state === 'open' && colleagues.length > 0,
      unable: file.state === 'open' && colleagues.length === 0,
      colleagues: colleagues.map((colleague) => ({ title: colleague.name, value: personKeyOf(colleague) })),
    },
  };
}

/** The question as it reaches a colleague: nothing of the file but what it asks. Once it is taken back, no form. */
export function askedCard({ id, askerName, state }: Delegation, question: Question, needs: Needs): Card {
  const asking = state !== 'takenBack';
  return {
    template: 'needs/asked',
    summary: `${askerName} vous pose une question sur un projet infonuagique.`,
    view: {
      delegation: id,
      showed: markOf(needs.answers[question.id]),
      asking,
      asker: escapeMarkdown(askerName),
      title: question.title,
      help: question.help,
      fields: asking
        ? fieldsOf(question, { answers: { ...needs.answers, [question.id]: {} }, review: [] })
        : [],
    },
  };
}

export const thanksCard = (question: Question): Card => ({
  template: 'needs/thanks',
  summary: 'Merci, votre réponse est dans le dossier.',
  view: { title: question.title },
});

export const answeredCard = ({ name, acquisitionId }: Delegation, question: Question): Card => ({
  template: 'needs/answered',
  summary: `${name} a répondu à votre question.`,
  view: { name: escapeMarkdown(name), title: question.title, file: acquisitionId, question: question.id },
});

export function summaryCard({ file, needs, eligibility }: FileNeeds): Card {
  const { done, total } = progressOf(needs);
  return {
    template: 'needs/summary',
    summary: `Résumé des besoins du dossier « ${file.name} ».`,
    view: {
      file: file.id,
      name: escapeMarkdown(file.name),
      progress: `Questions avec réponse : ${done} de ${total}`,
      eligibility: eligibility ? KINDS_OF_BODY[eligibility.kind].title : 'Genre d’organisation à dire',
      questions: QUESTIONS.map((question) => ({
        title: `${numberOf(question)} · ${question.title}`,
        lines: linesOf(question, needs).map((text) => ({ text: escapeMarkdown(shorten(text, 300)) })),
      })),
    },
  };
}

const linesOf = (question: Question, needs: Needs): string[] => {
  const lines = answerLines(question, needs.answers);
  return lines.length > 0 ? lines : ['Sans réponse.'];
};

export const documentLinkCard = (url: string, name: string): Card => ({
  template: 'needs/document',
  summary: 'La définition des besoins est prête à télécharger.',
  view: { url, name: escapeMarkdown(name) },
});
