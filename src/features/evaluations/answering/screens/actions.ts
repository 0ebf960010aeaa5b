import { z } from 'zod';
import { brokerDate } from '../../../../core/business-days.ts';
import type { Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { action, creating, WORD } from '../../../../core/feature.ts';
import { withFacts } from '../../../../core/guide/index.ts';
import type { Documents } from '../../../../core/ports.ts';
import type { ActionTurn, MessageTurn, Turn } from '../../../../core/turn.ts';
import type { Contracts } from '../../../contracts/index.ts';
import type { Links, PersonKey } from '../../../people/index.ts';
import type { EvaluationChannels } from '../../campaigns/store/channels.ts';
import * as schema from '../../screens/schema.ts';
import type { CriterionAnswer } from '../rules/answers.ts';
import { type Group, OVERALL } from '../rules/form.ts';
import type { Evaluations } from '../store/evaluations.ts';
import * as cards from './cards.ts';
import { evaluationDocument } from './documents.ts';

export interface EvaluationServices {
  readonly evaluationChannels: EvaluationChannels;
  readonly clock: Clock;
  readonly contracts: Contracts;
  readonly documents: Documents;
  readonly evaluations: Evaluations;
  readonly links: Links;
}

const STALE = 'Un collègue a rempli cette partie entre-temps. Voici ses réponses.';

const CHANGED = 'Des réponses ont changé entre-temps. Vérifiez de nouveau, puis soumettez.';

const todayOf = ({ clock }: EvaluationServices): string => brokerDate(clock.now()).toString();

export async function mine(person: PersonKey, page: number, services: EvaluationServices, notice = '') {
  const { rows, total } = await services.evaluations.page(person, page, cards.PAGE);
  return cards.listCard(rows, total, page, todayOf(services), notice);
}

export async function openMine(turn: MessageTurn, services: EvaluationServices): Promise<void> {
  await turn.reply(
    turn.conversation.kind === 'channel'
      ? await inChannel(turn, services)
      : await mine(turn.person, 1, services),
  );
}

/** In a channel: whether the reminders come there, and what waits; nobody is named. */
async function inChannel(
  { conversation }: Turn,
  { evaluationChannels: channels }: EvaluationServices,
  notice = '',
) {
  const designated = (await channels.bodyOf(conversation.id)) !== undefined;
  return cards.channelCard(designated, await channels.waiting(conversation.id), notice);
}

function onlyInChannel({ conversation }: Turn): void {
  if (conversation.kind !== 'channel') throw notFound();
}

export const designate = action(
  'evaluations.designate',
  schema.Nothing,
  async (turn, _input, services: EvaluationServices) => {
    onlyInChannel(turn);
    await services.evaluationChannels.designate(turn.person, turn.conversation);
    turn.update(await inChannel(turn, services, 'Les rappels de votre organisation viendront ici.'));
  },
);

export const stopChannel = action(
  'evaluations.stopChannel',
  schema.Nothing,
  async (turn, _input, services: EvaluationServices) => {
    onlyInChannel(turn);
    await services.evaluationChannels.stop(turn.person, turn.conversation);
    turn.update(await inChannel(turn, services, 'Les rappels ne viendront plus ici.'));
  },
);

export const showMine = action(
  'evaluations.list',
  schema.Page,
  async (turn, { page }, services: EvaluationServices) =>
    turn.update(await mine(turn.person, page, services)),
);

async function show(turn: ActionTurn, id: string, services: EvaluationServices, notice = '') {
  turn.update(
    cards.evaluationCard(
      await services.evaluations.evaluationSeenBy(id, turn.person),
      turn.person,
      todayOf(services),
      notice,
    ),
  );
}

export const open = action(
  'evaluations.open',
  schema.Reference,
  (turn, { evaluation }, services: EvaluationServices) => show(turn, evaluation, services),
);

async function showSection(
  turn: ActionTurn,
  id: string,
  section: string,
  services: EvaluationServices,
  notice = '',
) {
  const answered = await services.evaluations.evaluationSeenBy(id, turn.person);
  if (section === OVERALL) return turn.update(cards.overallCard(answered, notice));
  const group = answered.form.groups.find((each) => each.id === section);
  if (!group) throw notFound();
  turn.update(cards.sectionCard(answered, group, notice));
}

export const openSection = action(
  'evaluations.section',
  schema.Section,
  (turn, { evaluation, section }, services: EvaluationServices) =>
    showSection(turn, evaluation, section, services),
);

/** The answers of a group by its criteria, from the form's fields, which are in their order. */
const answersOf = ({ criteria }: Group, given: schema.Answers): Record<string, CriterionAnswer> =>
  Object.fromEntries(
    criteria.flatMap(({ id }, at) => {
      const position = (at + 1) as 1 | 2 | 3 | 4 | 5;
      const score = given[`score${position}`];
      return score === undefined ? [] : [[id, { score, comment: given[`comment${position}`] }]];
    }),
  );

export const answer = action(
  'evaluations.answer',
  schema.Answers,
  async (turn, given, services: EvaluationServices) => {
    const { evaluation, section, revision } = given;
    const { form } = await services.evaluations.evaluationSeenBy(evaluation, turn.person);
    const at = form.groups.findIndex(({ id }) => id === section);
    const group = form.groups[at];
    if (!group) throw notFound();
    const outcome = await services.evaluations.answer(
      turn.person,
      evaluation,
      section,
      answersOf(group, given),
      revision,
    );
    if (outcome === 'stale') return showSection(turn, evaluation, section, services, STALE);
    // On to the next part that is empty, so that the form goes by itself.
    const { sections } = await services.evaluations.evaluationSeenBy(evaluation, turn.person);
    const after = [...form.groups.slice(at + 1).map(({ id }) => id), OVERALL];
    const next = after.find((id) => !sections.has(id));
    if (next) return showSection(turn, evaluation, next, services, 'C’est enregistré.');
    await show(turn, evaluation, services, 'C’est enregistré.');
  },
);

export const answerOverall = action(
  'evaluations.answerOverall',
  schema.OverallForm,
  async (turn, { evaluation, revision, reference, contact, ...answers }, services: EvaluationServices) => {
    const outcome = await services.evaluations.answerOverall(
      turn.person,
      evaluation,
      answers,
      reference ? contact : '',
      revision,
    );
    if (outcome === 'stale') return showSection(turn, evaluation, OVERALL, services, STALE);
    await show(turn, evaluation, services, 'C’est enregistré.');
  },
);

export const take = action(
  'evaluations.take',
  schema.Reference,
  async (turn, { evaluation }, services: EvaluationServices) => {
    await services.evaluations.take(turn.person, evaluation);
    await show(turn, evaluation, services, 'Vous soumettrez pour votre organisation.');
  },
);

export const review = action(
  'evaluations.review',
  schema.Reference,
  async (turn, { evaluation }, services: EvaluationServices) =>
    turn.update(cards.summaryCard(await services.evaluations.evaluationSeenBy(evaluation, turn.person))),
);

export const submit = action(
  'evaluations.submit',
  schema.Submission,
  async (turn, { evaluation, seen }, services: EvaluationServices) => {
    if ((await services.evaluations.submit(turn.person, evaluation, seen)) === 'stale')
      return turn.update(
        cards.summaryCard(await services.evaluations.evaluationSeenBy(evaluation, turn.person), CHANGED),
      );
    await show(
      turn,
      evaluation,
      services,
      'Merci. Votre évaluation est soumise ; vous pouvez encore la changer jusqu’à la date indiquée.',
    );
  },
);

export const signedByHead = action(
  'evaluations.signed',
  schema.SignedByHead,
  async (turn, { evaluation, signedOn }, services: EvaluationServices) => {
    const { contract, evaluation: row } = await services.evaluations.evaluationSeenBy(
      evaluation,
      turn.person,
    );
    if (!row.final || row.state !== 'submitted') throw notFound();
    await services.contracts.complete(turn.person, contract.id, 'final', signedOn);
    await show(
      turn,
      evaluation,
      services,
      withFacts(
        'C’est noté. La copie signée est due au Courtier dans les {{copyDays}} : la carte du contrat vous le rappellera.',
      ),
    );
  },
);

const Subject = schema.Reference.extend({ tenantId: z.string(), objectId: z.string() });

export const printed = action(
  'evaluations.document',
  schema.Reference,
  async (turn, { evaluation }, { evaluations, links }: EvaluationServices) => {
    await evaluations.evaluationSeenBy(evaluation, turn.person);
    const { tenantId, objectId } = turn.person;
    const url = await links.issue('evaluation', { evaluation, tenantId, objectId });
    await turn.reply(cards.linkCard('L’évaluation', 'Télécharger (.docx)', url));
    turn.notify('Le lien est ci-dessous.');
  },
);

/** The document behind a link: the right to the evaluation is checked again. */
export async function download(subject: unknown, { evaluations, documents }: EvaluationServices) {
  const { evaluation, ...person } = Subject.parse(subject);
  const answered = await evaluations.evaluationSeenBy(evaluation, person);
  return {
    fileName: `evaluation-contrat-${answered.contract.number}-${answered.evaluation.year}.docx`,
    mediaType: WORD,
    body: await documents.text(evaluationDocument(answered)),
  };
}

async function showEvents(
  turn: ActionTurn,
  contract: string,
  page: number,
  services: EvaluationServices,
  notice = '',
) {
  const { contracts, evaluations } = services;
  const row = await contracts.find(contract, turn.person);
  const noted = await evaluations.events(contract, turn.person);
  turn.update(cards.eventsCard(row, noted, page, todayOf(services), notice));
}

export async function openEvents(turn: MessageTurn, services: EvaluationServices): Promise<void> {
  await turn.reply(await contractsOf(turn.person, 1, services));
}

async function contractsOf(person: PersonKey, page: number, { contracts }: EvaluationServices) {
  const { rows, total } = await contracts.page(person, page, cards.PAGE);
  return cards.chooseCard(
    rows.map(({ contract }) => contract),
    total,
    page,
  );
}

export const choose = action(
  'evaluations.choose',
  schema.Page,
  async (turn, { page }, services: EvaluationServices) =>
    turn.update(await contractsOf(turn.person, page, services)),
);

export const listEvents = action(
  'evaluations.events',
  schema.Events,
  (turn, { contract, page }, services: EvaluationServices) => showEvents(turn, contract, page, services),
);

export const note = creating(
  'evaluations.note',
  schema.Event,
  async (turn, { contract, ...event }, services: EvaluationServices) => {
    await services.evaluations.note(turn.person, contract, event, turn.effect);
    await showEvents(turn, contract, 1, services, 'L’événement est noté. Il sera rappelé à l’évaluation.');
  },
);

export const dropEvent = action(
  'evaluations.dropEvent',
  schema.DropEvent,
  async (turn, { contract, event }, services: EvaluationServices) => {
    await services.evaluations.dropEvent(turn.person, contract, event);
    await showEvents(turn, contract, 1, services, 'L’événement est retiré.');
  },
);
