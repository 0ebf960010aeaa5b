import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  clientNow,
  type NowFacts,
  staffAwaits,
  staffNow,
} from '../../../../src/features/kickoff/meeting/rules/now.ts';
import { STATES } from '../../../../src/features/kickoff/meeting/rules/states.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import {
  aFile,
  booked,
  clientChooses,
  kickoffOf,
  people,
  proposed,
  requested,
  supplierChooses,
} from '../../../support/kickoff.ts';
import { alex, diane, staffRoom } from '../../../support/people.ts';

// The one blue button of a meeting's card is what to do now; while others have to act, there is none.

const NOTHING: NowFacts = {
  state: 'requested',
  warned: false,
  answered: { client: false, supplier: false },
  hour: 'ahead',
  joinable: false,
  waiting: [],
  last: false,
  contracted: false,
};
const both = { client: true, supplier: true };
const client = { client: true, supplier: false };
const supplier = { client: false, supplier: true };

test.each<[string, Partial<NowFacts>, ReturnType<typeof clientNow>, ReturnType<typeof staffNow>]>([
  ['a request that came', { state: 'requested' }, 'wait', 'propose'],
  ['a request whose choice does not hold', { state: 'requested', warned: true }, 'settle', 'wait'],
  ['a question to the client', { state: 'asked' }, 'answer', 'wait'],
  ['moments that nobody answered', { state: 'proposed' }, 'choose', 'link'],
  ['moments that the client answered', { state: 'proposed', answered: client }, 'wait', 'link'],
  ['moments that the supplier answered', { state: 'proposed', answered: supplier }, 'choose', 'wait'],
  ['moments that both answered', { state: 'proposed', answered: both }, 'wait', 'wait'],
  ['a choice that fails while moments are chosen', { state: 'proposed', warned: true }, 'settle', 'link'],
  ['a meeting to come', { state: 'booked', joinable: true }, 'agenda', 'wait'],
  ['a meeting that begins soon', { state: 'booked', hour: 'near', joinable: true }, 'join', 'wait'],
  ['one that begins soon, without a link', { state: 'booked', hour: 'near' }, 'agenda', 'wait'],
  ['a meeting that goes on', { state: 'booked', hour: 'begun', joinable: true }, 'join', 'tell'],
  ['one that goes on, without a link', { state: 'booked', hour: 'begun' }, 'tell', 'tell'],
  ['a meeting whose hour is over', { state: 'booked', hour: 'over', joinable: true }, 'tell', 'tell'],
  ['a step of the client', { state: 'held', waiting: ['client'] }, 'confirm', 'wait'],
  ['a step of the broker', { state: 'held', waiting: ['broker'] }, 'wait', 'confirm'],
  ['a step of the supplier', { state: 'held', waiting: ['supplier'] }, 'wait', 'link'],
  [
    'a step of the broker and the supplier',
    { state: 'held', waiting: ['broker', 'supplier'] },
    'wait',
    'confirm',
  ],
  ['a contract to note', { state: 'held', waiting: ['client'], last: true }, 'sign', 'wait'],
  ['a copy to send', { state: 'held', waiting: ['client'], last: true, contracted: true }, 'confirm', 'wait'],
  ['a signed contract', { state: 'signed', contracted: true }, 'contract', 'wait'],
  ['a signed contract that was erased', { state: 'signed' }, 'file', 'wait'],
  ['a meeting that was cancelled', { state: 'cancelled' }, 'file', 'wait'],
])('%s', (_what, facts, clients, staffs) => {
  expect([clientNow({ ...NOTHING, ...facts }), staffNow({ ...NOTHING, ...facts })]).toEqual([
    clients,
    staffs,
  ]);
});

test('while the staff wait, their card says for whom, until the meeting is over with', () => {
  const silent = STATES.filter((state) => {
    const facts = { ...NOTHING, state, waiting: ['client'] as const };
    return staffNow(facts) === 'wait' && staffAwaits(facts) === '';
  });
  expect(silent).toEqual(['signed', 'cancelled']);
});

describe('on the cards', () => {
  const teams = fakeTeams();
  beforeEach(async () => people(teams));

  /** The titles of the blue buttons, folded forms aside. */
  function blue(node: unknown): string[] {
    if (Array.isArray(node)) return node.flatMap(blue);
    if (node === null || typeof node !== 'object') return [];
    const { type, style, title } = node as { type?: unknown; style?: unknown; title?: unknown };
    const own = String(type).startsWith('Action.') && style === 'positive' ? [String(title)] : [];
    return [...own, ...(type === 'Action.ShowCard' ? [] : Object.values(node).flatMap(blue))];
  }

  async function shownTo(file: string) {
    const { id } = await kickoffOf(teams, file);
    const { json: mine } = await teams.mustPress(alex, 'kickoff.status', { kickoff: id });
    const { json: theirs, plain } = await teams.mustPress(diane, 'kickoff.look', { kickoff: id }, staffRoom);
    return { client: blue(mine), staff: blue(theirs), plain };
  }

  test('a request: the staff propose moments', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    expect(await shownTo(file)).toMatchObject({ client: [], staff: ['Proposer des moments'] });
  });

  test('moments: the client chooses, the staff hand over the link of the supplier', async () => {
    const file = await aFile(teams);
    await proposed(teams, file);
    const { client, staff, plain } = await shownTo(file);
    expect({ client, staff }).toEqual({ client: ['Choisir le moment'], staff: ['Lien du fournisseur'] });
    expect(plain).toContain('On attend le fournisseur et le client.');
  });

  test('moments that the supplier answered: the staff wait for the client', async () => {
    const file = await aFile(teams);
    const all = await proposed(teams, file);
    await supplierChooses(teams, all, all.slots.slice(0, 1));
    expect(await shownTo(file)).toMatchObject({ client: ['Choisir le moment'], staff: [] });
  });

  test('moments that the client answered: they wait, and may still choose others', async () => {
    const file = await aFile(teams);
    const all = await proposed(teams, file);
    await clientChooses(teams, all, all.slots.slice(0, 1));
    expect(await shownTo(file)).toMatchObject({ client: [], staff: ['Lien du fournisseur'] });
  });

  test('a meeting to come, then one whose hour has passed', async () => {
    const file = await aFile(teams);
    await booked(teams, file);
    expect(await shownTo(file)).toMatchObject({ client: ['Ajouter à mon agenda'], staff: [] });
    teams.clock.advance({ days: 8 });
    expect(await shownTo(file)).toMatchObject({
      client: ['Elle a eu lieu'],
      staff: ['Elle a eu lieu'],
    });
  });
});
