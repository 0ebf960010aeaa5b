import { brokerDate } from '../../core/business-days.ts';
import type { Clock } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import { action } from '../../core/feature.ts';
import type { ActionTurn, MessageTurn } from '../../core/turn.ts';
import type { Contracts } from '../contracts/index.ts';
import type { Organizations, PersonKey } from '../people/index.ts';
import { type CriterionAnswer, OVERALL } from './answers.ts';
import type { Campaign, Campaigns, Outcome } from './campaigns.ts';
import * as cards from './cards.ts';
import type { Group } from './form.ts';
import * as schema from './schema.ts';
import type { Evaluations } from './service.ts';

export interface EvaluationServices {
  readonly campaigns: Campaigns;
  readonly clock: Clock;
  readonly contracts: Contracts;
  readonly evaluations: Evaluations;
  readonly organizations: Organizations;
}

const STALE = 'Un collègue a rempli cette partie entre-temps. Voici ses réponses.';
const CHANGED = 'La campagne a changé entre-temps. Voici où elle en est.';

const todayOf = ({ clock }: EvaluationServices): string => brokerDate(clock.now()).toString();

export async function mine(
  person: PersonKey,
  page: number,
  { evaluations }: EvaluationServices,
  notice = '',
) {
  const { rows, total } = await evaluations.page(person, page, cards.PAGE);
  return cards.listCard(rows, total, page, notice);
}

export async function openMine(turn: MessageTurn, services: EvaluationServices): Promise<void> {
  await turn.reply(await mine(turn.person, 1, services));
}

export const showMine = action(
  'evaluations.list',
  schema.Page,
  async (turn, { page }, services: EvaluationServices) =>
    turn.update(await mine(turn.person, page, services)),
);

async function show(turn: ActionTurn, id: string, services: EvaluationServices, notice = '') {
  turn.update(cards.evaluationCard(await services.evaluations.of(id, turn.person), turn.person, notice));
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
  const answered = await services.evaluations.of(id, turn.person);
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
    const { form } = await services.evaluations.of(evaluation, turn.person);
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
    const { sections } = await services.evaluations.of(evaluation, turn.person);
    const next = form.groups.slice(at + 1).find(({ id }) => !sections.has(id));
    if (next) return showSection(turn, evaluation, next.id, services, 'C’est enregistré.');
    await show(turn, evaluation, services, 'C’est enregistré.');
  },
);

export const answerOverall = action(
  'evaluations.answerOverall',
  schema.OverallForm,
  async (turn, { evaluation, revision, ...answers }, services: EvaluationServices) => {
    const outcome = await services.evaluations.answerOverall(turn.person, evaluation, answers, revision);
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
    turn.update(cards.summaryCard(await services.evaluations.of(evaluation, turn.person))),
);

export const submit = action(
  'evaluations.submit',
  schema.Reference,
  async (turn, { evaluation }, services: EvaluationServices) => {
    await services.evaluations.submit(turn.person, evaluation);
    await show(
      turn,
      evaluation,
      services,
      'Merci. Votre évaluation est soumise ; vous pouvez encore la changer jusqu’à la fin de la campagne.',
    );
  },
);

async function showEvents(turn: ActionTurn, contract: string, services: EvaluationServices, notice = '') {
  const { contracts, evaluations } = services;
  const row = await contracts.find(contract, turn.person);
  const noted = await evaluations.events(contract, turn.person);
  turn.update(cards.eventsCard(row, noted, todayOf(services), notice));
}

export async function openEvents(turn: MessageTurn, services: EvaluationServices): Promise<void> {
  const { rows } = await services.contracts.page(turn.person, 1, 20);
  await turn.reply(cards.chooseCard(rows.map(({ contract }) => contract)));
}

export const listEvents = action(
  'evaluations.events',
  schema.OfContract,
  (turn, { contract }, services: EvaluationServices) => showEvents(turn, contract, services),
);

export const note = action(
  'evaluations.note',
  schema.Event,
  async (turn, { contract, ...event }, services: EvaluationServices) => {
    await services.evaluations.note(turn.person, contract, event);
    await showEvents(turn, contract, services, 'L’événement est noté. Il sera rappelé à l’évaluation.');
  },
);

export const dropEvent = action(
  'evaluations.dropEvent',
  schema.DropEvent,
  async (turn, { contract, event }, services: EvaluationServices) => {
    await services.evaluations.dropEvent(turn.person, contract, event);
    await showEvents(turn, contract, services, 'L’événement est retiré.');
  },
);

// The staff's side.

async function campaignList(page: number, services: EvaluationServices, notice = '') {
  const { campaigns } = services;
  const { rows, total } = await campaigns.page(page, cards.PAGE);
  const shown = await Promise.all(
    rows.map(async (campaign) => ({ campaign, participation: await campaigns.participation(campaign.id) })),
  );
  return cards.campaignsCard(shown, total, page, todayOf(services), notice);
}

export async function openCampaigns(turn: MessageTurn, services: EvaluationServices): Promise<void> {
  await turn.reply(await campaignList(1, services));
}

export const listCampaigns = action(
  'evaluations.campaigns',
  schema.Page,
  async (turn, { page }, services: EvaluationServices) => turn.update(await campaignList(page, services)),
  'staff',
);

export async function campaignOf(
  campaign: Campaign,
  page: number,
  services: EvaluationServices,
  notice = '',
) {
  const { campaigns, organizations } = services;
  const participation = await campaigns.participation(campaign.id);
  const { rows, total } = await campaigns.asked(campaign.id, page, cards.PAGE);
  const names = new Map((await organizations.all()).map(({ id, name }) => [id, name]));
  const asked = rows.map(({ organizationId, ...row }) => ({
    ...row,
    organization: names.get(organizationId ?? '') ?? '',
  }));
  return cards.campaignCard(campaign, participation, asked, total, page, notice);
}

export const openCampaign = action(
  'evaluations.campaign',
  schema.Campaign,
  async (turn, { campaign, page }, services: EvaluationServices) =>
    turn.update(await campaignOf(await services.campaigns.find(campaign), page, services)),
  'staff',
);

export const start = action(
  'evaluations.start',
  schema.Start,
  async (turn, wanted, services: EvaluationServices) => {
    const campaign = await services.campaigns.start(turn.person, wanted);
    turn.update(
      await campaignOf(
        campaign,
        1,
        services,
        campaign.state === 'open' ? 'La campagne est ouverte.' : 'La campagne s’ouvrira à sa date.',
      ),
    );
  },
  'staff',
);

const changed = async (
  turn: ActionTurn,
  { kind, campaign }: Outcome,
  services: EvaluationServices,
  done: string,
) => turn.update(await campaignOf(campaign, 1, services, kind === 'stale' ? CHANGED : done));

const step = (verb: string, name: 'pause' | 'resume' | 'close', done: string) =>
  action(
    verb,
    schema.Seen,
    async (turn, { campaign, revision }, services: EvaluationServices) =>
      changed(turn, await services.campaigns[name](turn.person, campaign, revision), services, done),
    'staff',
  );

export const pause = step('evaluations.pause', 'pause', 'La campagne est en pause : aucun rappel ne part.');
export const resume = step('evaluations.resume', 'resume', 'La campagne reprend.');
export const close = step('evaluations.close', 'close', 'La campagne est terminée.');

export const extend = action(
  'evaluations.extend',
  schema.Extend,
  async (turn, { campaign, revision, closesOn }, services: EvaluationServices) =>
    changed(
      turn,
      await services.campaigns.extend(turn.person, campaign, revision, closesOn),
      services,
      'La campagne est prolongée.',
    ),
  'staff',
);

export const exclude = action(
  'evaluations.exclude',
  schema.Exclude,
  async (turn, { evaluation, why }, services: EvaluationServices) => {
    const campaign = await services.campaigns.exclude(turn.person, evaluation, why);
    turn.update(
      await campaignOf(await services.campaigns.find(campaign), 1, services, 'Ce contrat est mis de côté.'),
    );
  },
  'staff',
);
