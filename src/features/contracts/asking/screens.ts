import { frenchDay } from '../../../core/clock.ts';
import { type OwnQuestion, takesOwn } from '../../../core/people/own-things.ts';
import type { AgendaItem } from '../../../core/routes/waiting.ts';
import { pastText } from '../../../core/time/due.ts';
import type { MessageTurn, Person } from '../../../core/turn.ts';
import { standingOf, whenText } from '../duties/screens/standing.ts';
import { contractCard } from '../recording/screens/contract.ts';
import { contractsListed, list } from '../recording/screens/list.ts';
import type { Contracts } from '../recording/store/contracts.ts';
import type { Followed } from '../recording/store/records.ts';
import type { ContractServices } from '../screens/services.ts';
import { isNamed, readOwnContract, signedText, termText } from './rules.ts';

/** Contracts that are looked into, the latest end first. */
const MOST = 100;

/** What was asked of a contract, on its card. */
function wordOn({ contract }: Followed, { asked }: OwnQuestion, { today }: Pick<Contracts, 'today'>): string {
  if (asked === 'when') return termText(contract, today(), frenchDay);
  return asked === 'signed' ? signedText(contract, frenchDay) : '';
}

/** Of one's contracts, those that the words mean; undefined when they mean none in particular. */
function meant(rows: readonly Followed[], { number, whom }: OwnQuestion): Followed[] | undefined {
  if (number !== undefined) return rows.filter(({ contract }) => contract.number === number);
  return whom === undefined ? undefined : rows.filter(({ contract }) => isNamed(contract.supplierName, whom));
}

async function answer(turn: MessageTurn, asked: OwnQuestion, services: ContractServices): Promise<boolean> {
  const { contracts } = services;
  const { rows } = await contracts.page(turn.person, 1, MOST);
  const found = meant(rows, asked);
  const [only, ...others] = found ?? (asked.asked === 'list' ? [] : rows);
  if (only && others.length === 0)
    await turn.reply(
      await contractCard(turn, { contract: only.contract.id }, services, wordOn(only, asked, contracts)),
    );
  else if (found && only) await turn.reply(contractsListed(found, services));
  else {
    const none = asked.whom ? `avec « ${asked.whom} »` : `nº ${asked.number}`;
    await turn.reply(
      await list(turn.person, 1, services, found ? `Vous n’avez pas de contrat ${none}.` : ''),
    );
  }
  return true;
}

/** What was asked of one's contracts in words. */
export const ask = takesOwn(readOwnContract, answer);

/** The duties of one's contracts that are late, past or soon. */
export async function agenda(
  person: Person,
  { contracts }: Pick<ContractServices, 'contracts'>,
): Promise<AgendaItem[]> {
  const { rows } = await contracts.page(person, 1, MOST);
  return rows.flatMap((followed) =>
    standingOf(followed, contracts)
      // What is to be evaluated is asked for by its campaign, and is of its own list.
      .filter(({ duty: { kind } }) => kind !== 'yearly' && kind !== 'final')
      .filter(({ state }) => state === 'late' || state === 'passed' || state === 'soon')
      .map(({ duty, state }) => ({
        on: duty.due.on,
        what: `${duty.title} (${followed.contract.title})`,
        when: state === 'soon' ? whenText(duty) : pastText(duty.due),
        late: state === 'late',
        ask: `mon contrat nº ${followed.contract.number}`,
      })),
  );
}
