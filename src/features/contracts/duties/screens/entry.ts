import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { Id } from '../../../../core/id.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count } from '../../../../core/text/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { contractCard } from '../../recording/screens/contract.ts';
import type { Followed } from '../../recording/store/records.ts';
import { head } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import { ENTRY_ANSWERS, type EntryAnswer, entryAnswer, olderThanEntry } from '../store/entering.ts';
import { whenText } from './standing.ts';

/** A contract lasts three years at most: its quarters, its anniversaries and the rest, with its amendments. */
const MOST = 30;

const CHOICES: Record<EntryAnswer, string> = { done: 'Déjà fait', wanted: 'À faire', none: 'Sans objet' };

/** `duties`: what was asked, in order, which the server looks up; `said0`, `said1`… what was chosen of each. */
const Fields = z.looseObject({
  contract: Id,
  duties: z.string().max(4_000),
  /** What was shown as answered, in the same order; cards of the release before say nothing of it. */
  shown: z.string().max(1_000).default(''),
  /** What has no answer is done already. */
  rest: z.boolean().default(false),
});

/** `answers`: those that were chosen, not those that were only shown; `rest`: what is done where nobody answered. */
const Answers = Fields.transform(({ contract, duties, shown, rest, ...given }) => {
  const before = shown.split(',');
  const asked = duties.split(' ').slice(0, MOST);
  const said = asked.map((_duty, n) => ENTRY_ANSWERS.find((each) => each === given[`said${n}`]));
  return {
    contract,
    answers: new Map(
      asked.flatMap((duty, n): (readonly [string, EntryAnswer])[] => {
        const answer = said[n];
        return answer && answer !== before[n] ? [[duty, answer]] : [];
      }),
    ),
    rest: new Set(rest ? asked.filter((_duty, n) => said[n] === undefined) : []),
  };
});

/** What was due before a contract was noted, all on one card: what became of it is asked once. */
export function entryView(followed: Followed, notice = ''): Card {
  const older = olderThanEntry(followed).slice(0, MOST);
  const unsaid = older.some((duty) => entryAnswer(followed, duty) === undefined);
  return {
    template: 'contracts/entry',
    summary: `${notice === '' ? '' : `${notice} `}${count(older.length, 'obligation')} d’avant l’entrée du contrat.`,
    view: {
      ...head(followed.contract),
      ...noticeView(notice),
      order: older.map(({ id }) => id).join(' '),
      shown: older.map((duty) => entryAnswer(followed, duty) ?? '').join(','),
      older: older.map((duty, n) => ({
        place: `said${n}`,
        label: `${duty.title} · ${whenText(duty)}`,
        said: entryAnswer(followed, duty) ?? '',
      })),
      choices: ENTRY_ANSWERS.map((value) => ({ title: CHOICES[value], value })),
      unsaid,
    },
  };
}

const entryCard = async (
  { person }: ActionTurn,
  { contract }: { readonly contract: string },
  { contracts }: ContractServices,
  notice: string,
): Promise<Card> => entryView(await contracts.followed(contract, person), notice);

export const entry = action('contracts.entry', schema.Reference, draws(entryCard));

export const sayEntry = forgiving(
  comesBack(schema.Reference, entryCard),
  action(
    'contracts.sayEntry',
    Answers,
    redraws(
      (turn, { contract, answers, rest }, { contracts }: ContractServices) =>
        contracts.sayOfEntry(turn.person, contract, answers, rest),
      (turn, { contract }, services: ContractServices, word) =>
        contractCard(turn, { contract }, services, word),
      (changed) =>
        changed === 0
          ? 'Rien n’a changé. Ce qui n’a pas de réponse n’est pas rappelé.'
          : 'C’est noté. Seul ce qui reste à faire sera rappelé.',
    ),
  ),
);
