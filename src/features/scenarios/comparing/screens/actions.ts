import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import type { Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Documents } from '../../../../core/ports/documents.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import type { ActionTurn, MessageTurn } from '../../../../core/turn.ts';
import { type FileServices, fileMeant, opens } from '../../../acquisitions/index.ts';
import type { Links } from '../../../people/index.ts';
import * as schema from '../../screens/schema.ts';
import type { ScenarioService } from '../store/scenarios.ts';
import * as cards from './cards.ts';
import * as choiceCards from './choice-cards.ts';
import * as scenarioCards from './scenario-cards.ts';

export interface ScenarioServices extends FileServices {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly links: Links;
  readonly scenarios: ScenarioService;
  /** The broker's management fee in percent, « 2.5 », when it is configured. */
  readonly feePercent: string | undefined;
}

/** `comparer`: the scenarios of the file that the person means; otherwise, which file. */
export async function openComparison(turn: MessageTurn, services: ScenarioServices): Promise<void> {
  const { files, scenarios, feePercent } = services;
  const file = await fileMeant(turn, services, 'scenarios.compare');
  if (!file) return;
  await turn.reply(cards.comparisonCard(await scenarios.compared(file, turn.person), 1, feePercent));
  await files.opened(turn.person, file);
}

export interface OfFile {
  readonly file: string;
  readonly page?: number;
}

const comparisonCard = async (
  { person }: ActionTurn,
  { file, page = 1 }: OfFile,
  { scenarios, feePercent }: ScenarioServices,
  notice: string,
) => cards.comparisonCard(await scenarios.compared(file, person), page, feePercent, notice);

const choiceCard = async (
  { person }: ActionTurn,
  { file }: OfFile,
  { scenarios }: ScenarioServices,
  notice: string,
) => choiceCards.choiceCard(await scenarios.chosen(file, person), notice);

const shortlistCard = async (
  { person }: ActionTurn,
  { file, page = 1 }: OfFile,
  { scenarios }: ScenarioServices,
  notice: string,
) => cards.shortlistCard(await scenarios.comparisonOf(file, person), page, notice);

export const shortlist = action('scenarios.shortlist', schema.FilePage, opens(shortlistCard));

export const confirmShortlist = creating(
  'scenarios.confirmShortlist',
  {
    noun: ['liste confirmée', 'listes confirmées'],
    person: 100,
    body: 1_000,
    tenant: 20_000,
    why: 'One a file and a change of its needs; a body has some dozens of files under way.',
  },
  schema.Shortlisted,
  redraws(
    (turn, { file, showed }, { scenarios }: ScenarioServices) =>
      scenarios.confirmShortlist(turn.person, file, showed, turn.effect),
    (turn, { file }, services, word, confirmed) =>
      (confirmed ? comparisonCard : shortlistCard)(turn, { file }, services, word),
    (confirmed) =>
      confirmed
        ? 'La liste est confirmée. Voici les scénarios.'
        : 'Les offres conformes ont changé depuis. Voici la liste d’aujourd’hui : voyez-la, puis confirmez-la.',
  ),
);

export const compareAll = action('scenarios.compare', schema.Compared, opens(comparisonCard));

export const scenario = action(
  'scenarios.scenario',
  schema.FileSupplier,
  async (turn, { file, supplier }, { scenarios }: ScenarioServices) => {
    const card = scenarioCards.scenarioCard(await scenarios.comparisonOf(file, turn.person), supplier);
    if (!card) throw notFound();
    turn.update(card);
  },
);

export const months = action(
  'scenarios.months',
  schema.FileSupplierPage,
  async (turn, { file, supplier, page }, { scenarios }: ScenarioServices) => {
    const card = scenarioCards.monthsCard(await scenarios.comparisonOf(file, turn.person), supplier, page);
    if (!card) throw notFound();
    turn.update(card);
  },
);

export const excluded = action(
  'scenarios.excluded',
  schema.FilePage,
  async (turn, { file, page }, { scenarios }: ScenarioServices) =>
    turn.update(cards.excludedCard(await scenarios.comparisonOf(file, turn.person), page)),
);

const whatIfCard = async (
  { person }: ActionTurn,
  { file }: { readonly file: string },
  { scenarios }: ScenarioServices,
) => cards.whatIfCard(await scenarios.comparisonOf(file, person));

export const whatIf = action('scenarios.whatIf', schema.File, draws(whatIfCard));

/** « Et si » with a value of one's own. */
export const tryOwn = forgiving(
  comesBack(schema.File, whatIfCard),
  action(
    'scenarios.tryOwn',
    schema.OwnTrial,
    async (turn, { file, ...own }, { scenarios }: ScenarioServices) =>
      turn.update(cards.whatIfCard(await scenarios.comparisonOf(file, turn.person), own)),
  ),
);

/** The scenario that is about to be chosen, or the choice that is kept. */
const chosenCard = async (
  turn: ActionTurn,
  { file, supplier }: { readonly file: string; readonly supplier: string },
  { scenarios }: ScenarioServices,
) => {
  const view = await scenarios.chosen(file, turn.person);
  const kept = view.choice?.supplier === supplier;
  const card = kept
    ? undefined
    : scenarioCards.scenarioCard(await scenarios.comparisonOf(file, turn.person), supplier);
  return card ?? choiceCards.choiceCard(view);
};

/** Where a supplier is chosen from a list: the choice to confirm, or else the comparison. */
const choosingCard = async (turn: ActionTurn, { file }: OfFile, services: ScenarioServices) => {
  const view = await services.scenarios.chosen(file, turn.person);
  return view.changes.length > 0
    ? choiceCards.choiceCard(view)
    : comparisonCard(turn, { file }, services, '');
};

export const choose = forgiving(
  comesBack(schema.FileSupplier, chosenCard),
  action(
    'scenarios.choose',
    schema.Chosen,
    redraws(
      (turn, { file, supplier, sure, ...seen }, { scenarios }) =>
        scenarios.choose(turn.person, file, supplier, { seen, meant: sure === 'yes' }),
      choiceCard,
      'Le choix est noté.',
    ),
  ),
);

export const chooseAgain = forgiving(
  comesBack(schema.File, choosingCard),
  action(
    'scenarios.chooseAgain',
    schema.Another,
    redraws(
      (turn, { file, another, sure, ...seen }, { scenarios }) =>
        scenarios.choose(turn.person, file, another, { seen, meant: sure === 'yes' }),
      choiceCard,
      'Le choix est noté.',
    ),
  ),
);

export const choice = action('scenarios.choice', schema.File, opens(choiceCard));

const OTHER_AUTHORIZATION =
  'Quelqu’un a noté ou corrigé l’autorisation entre-temps. Voyez-la, puis enregistrez de nouveau si la vôtre est la bonne.';

export const authorize = forgiving(
  comesBack(schema.File, choiceCard),
  action(
    'scenarios.authorize',
    schema.Authorization,
    redraws(
      async (turn, { file, sure, ...authorization }, { scenarios }: ScenarioServices) =>
        unlessStale(
          { kind: await scenarios.authorize(turn.person, file, authorization, { meant: sure === 'yes' }) },
          OTHER_AUTHORIZATION,
        ),
      choiceCard,
      'L’autorisation est notée.',
    ),
  ),
);
