import { action } from '../../../../core/routes/turns.ts';
import { Nothing } from '../../screens/schema.ts';
import type { PeopleServices } from '../../services.ts';
import * as cards from './cards.ts';

/** « Je suis toujours là » : whatever else somebody does says it as well. */
export const stillHere = action(
  'people.stillHere',
  Nothing,
  async (turn, _input, { people }: PeopleServices) => {
    const known = await people.findPerson(turn.person);
    await people.see(turn.person);
    turn.update(cards.stillHereCard(known !== undefined));
  },
);
