import { action, creating } from '../../../../core/routes/turns.ts';
import { Nothing } from '../../screens/schema.ts';
import type { PeopleServices } from '../../services.ts';
import * as cards from './cards.ts';

export const exportData = creating(
  'people.exportData',
  {
    noun: ['copie de vos données', 'copies de vos données'],
    person: 60,
    body: 3_000,
    tenant: 30_000,
    why: 'One a day is much already; each is a link for a quarter of an hour.',
  },
  Nothing,
  async (turn, _input, { links, audit, quotas }: PeopleServices) => {
    const { tenantId, objectId } = turn.person;
    const url = await links.issueOnce(turn.effect, 'myData', { tenantId, objectId }, async (tx) => {
      await quotas.spend(tx, turn.person, 'people.exportData');
      await audit.record(tx, turn.person, 'privacy.export', objectId);
    });
    const document = await links.issueOnce(turn.effect, 'myDataDocument', { tenantId, objectId });
    turn.update(cards.exportedCard(url, document));
  },
);

export const askErase = action(
  'people.askErase',
  Nothing,
  async (turn, _input, { privacy }: PeopleServices) =>
    turn.update(cards.eraseConfirmCard(await privacy.standing(turn.person))),
);

export const keepData = action(
  'people.keepData',
  Nothing,
  async (turn, _input, { privacy }: PeopleServices) => {
    turn.update(cards.myDataCard(await privacy.named(turn.person)));
  },
);

export const eraseData = creating(
  'people.eraseData',
  { uncounted: 'It is everybody’s right, and leaves nothing to erase the second time.' },
  Nothing,
  async (turn, _input, { privacy }: PeopleServices) => {
    await privacy.erase(turn.person, turn.effect);
    turn.update(cards.erasedCard());
  },
);
