import type { Person } from '../../src/core/turn.ts';
import type { fakeTeams } from './fake-teams.ts';
import { alex, personalChat } from './people.ts';
import type { ShownCard } from './shown-card.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** What the form of a new contract sends: two years, signed the day before yesterday of the tests' clock. */
export const CONTRACT = {
  title: 'Courriel du ministère',
  supplier: 'airelle',
  offers: 'Courriel',
  signedOn: '2026-11-20',
  startsOn: '2026-12-01',
  endsOn: '2028-11-30',
  amount: '9 600,00 $',
  rcti: 'true',
};

export const pressed = async (
  teams: Teams,
  person: Person,
  verb: string,
  data: object,
): Promise<ShownCard> => {
  const { card, word } = await teams.press(person, personalChat(person), verb, data);
  if (!card) throw new Error(word);
  return card;
};

/** Notes a contract; its id. */
export async function aContract(teams: Teams, changes: object = {}, person = alex): Promise<string> {
  await pressed(teams, person, 'contracts.create', { ...CONTRACT, ...changes });
  const { rows } = await teams.services.contracts.page(person, 1, 100);
  const newest = rows.map(({ contract }) => contract).sort((a, b) => b.number - a.number)[0];
  if (!newest) throw new Error('no contract');
  return newest.id;
}
