import { beforeEach, expect, test } from '@jest/globals';
import type { Calendar, Interval, Meeting } from '../../../../src/core/ports/calendar.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import {
  aFile,
  booked,
  clientChooses,
  kickoffOf,
  people,
  proposed,
  requested,
  staffCard,
  supplierChooses,
  visit,
} from '../../../support/kickoff.ts';
import { alex, diane, staffRoom } from '../../../support/people.ts';
import { recalling } from '../../../support/recalls.ts';

/** A calendar that keeps what was entered, by the meeting's own id. */
const events = new Map<string, Meeting>();
let busy: Interval[] = [];
let entered = 0;
let failing: (() => void) | undefined;
const calendar: Calendar = {
  async busy() {
    failing?.();
    return busy;
  },
  async enter(meeting) {
    entered++;
    events.set(meeting.id, meeting);
    failing?.();
    return { event: meeting.id, joinUrl: 'https://teams.microsoft.com/l/meetup-join/1' };
  },
  async remove(event) {
    failing?.();
    events.delete(event);
  },
};
const teams = fakeTeams({ calendar });

beforeEach(async () => {
  events.clear();
  busy = [];
  entered = 0;
  failing = undefined;
  await people(teams);
});

test('the meeting is one event, with the guide’s agenda, the supplier invited, and a link to join', async () => {
  const { kickoff } = await booked(teams, await aFile(teams));
  const [event] = [...events.values()];
  expect(event).toMatchObject({
    id: kickoff.slotId,
    attendees: [{ name: 'Camille Roy', email: 'camille@airelle.example' }],
  });
  expect(event?.body.join(' ')).toContain('Les conditions du fournisseur qui ont un effet financier');
  const card = await teams.mustPress(alex, 'kickoff.status', { kickoff: kickoff.id });
  expect(card.button('Rejoindre').url).toBe('https://teams.microsoft.com/l/meetup-join/1');
});

test('a crash after the event was entered enters the same one again', async () => {
  const file = await aFile(teams);
  const all = await proposed(teams, file);
  await clientChooses(teams, all, all.slots);
  await supplierChooses(teams, all, all.slots);
  failing = () => {
    throw new Error('Graph answered 504');
  };
  await teams.runJobs();
  failing = undefined;
  await teams.runJobs();
  expect([entered, events.size]).toEqual([2, 1]);
  expect((await kickoffOf(teams, file)).event).toBe((await kickoffOf(teams, file)).slotId);
});

test('a meeting that moves while it is entered leaves nothing behind', async () => {
  const file = await aFile(teams);
  const all = await proposed(teams, file);
  await clientChooses(teams, all, all.slots);
  await supplierChooses(teams, all, all.slots);
  const { id, revision } = await kickoffOf(teams, file);
  const entering = await teams.jobs.take('kickoff.enterCalendar');
  const { enter } = calendar;
  calendar.enter = async (meeting) => {
    await teams.services.kickoffs.move(alex, id, revision);
    return enter(meeting);
  };
  await teams.jobs.put(...entering);
  await teams.runJobs();
  calendar.enter = enter;
  expect(entered).toBe(1);
  expect(events.size).toBe(0);
});

test('moved or cancelled, the event is taken out', async () => {
  const file = await aFile(teams);
  const { kickoff } = await booked(teams, file);
  expect(events.size).toBe(1);
  await teams.press(alex, 'kickoff.move', {
    kickoff: kickoff.id,
    revision: kickoff.revision,
  });
  await teams.runJobs();
  expect(events.size).toBe(0);
});

test.each([
  [
    'no other moment is free',
    () => {
      busy = [
        {
          start: Temporal.Instant.from('2026-11-23T00:00:00Z'),
          end: Temporal.Instant.from('2027-11-23T00:00:00Z'),
        },
      ];
    },
  ],
  [
    'the calendar does not answer',
    () => {
      failing = () => {
        throw new Error('Graph answered 503');
      };
    },
  ],
])('moved while %s, the hour is let go all the same, and the staff take over', async (_why, happens) => {
  const file = await aFile(teams);
  const { kickoff, token } = await booked(teams, file);
  happens();
  const page = await visit(teams, token, { what: 'move', revision: String(kickoff.revision) });
  expect(page.body).toContain('la rencontre n’a plus lieu à ce moment');
  failing = undefined;
  await teams.runJobs();
  expect(await kickoffOf(teams, file)).toMatchObject({ state: 'requested', slotId: null, startsAt: null });
  expect(events.size).toBe(0);
  expect(staffCard(teams).plain).toContain('aucun autre moment n’a pu être proposé');
  expect(JSON.stringify(teams.in(alex).at(-1))).toContain('Le fournisseur ne peut plus être là');
});

test('moments avoid what the broker is busy with', async () => {
  const at = (text: string) => Temporal.Instant.from(text);
  busy = [{ start: at('2026-11-30T13:00:00Z'), end: at('2026-12-01T22:00:00Z') }];
  const file = await aFile(teams);
  const { slots } = await proposed(teams, file);
  expect(slots[0]?.startsAt.toISOString()).toBe('2026-12-02T14:00:00.000Z');
});

test('a calendar that does not answer gives a sentence, and nothing is lost', async () => {
  const file = await aFile(teams);
  await requested(teams, file);
  const { id, revision } = await kickoffOf(teams, file);
  failing = () => {
    throw new Error('Graph answered 503');
  };
  const word = await teams.refusedPress(diane, 'kickoff.propose', { kickoff: id, revision }, staffRoom);
  expect(word).toContain('L’agenda du Courtier ne répond pas');
  expect((await kickoffOf(teams, file)).state).toBe('requested');
});

test('when the calendar does not answer, the next moments are proposed once it does', async () => {
  const file = await aFile(teams);
  const all = await proposed(teams, file);
  failing = () => {
    throw new Error('Graph answered 503');
  };
  await clientChooses(teams, all, []);
  await teams.runJobs();
  expect((await kickoffOf(teams, file)).round).toBe(1);
  failing = undefined;
  await teams.runJobs();
  expect((await kickoffOf(teams, file)).round).toBe(2);
});

test('when no moment is left, the staff take over', async () => {
  const file = await aFile(teams);
  const all = await proposed(teams, file);
  busy = [{ start: teams.clock.now(), end: teams.clock.now().add({ hours: 24 * 90 }) }];
  await clientChooses(teams, all, []);
  await teams.runJobs();
  expect((await kickoffOf(teams, file)).state).toBe('requested');
  expect(staffCard(teams).plain).toContain('Aucun moment ne convient à tous');
});

test('what to prepare is told five business days before a meeting that is further away', async () => {
  const at = (text: string) => Temporal.Instant.from(text);
  busy = [{ start: at('2026-11-30T00:00:00Z'), end: at('2026-12-10T05:00:00Z') }];
  await booked(teams, await aFile(teams));
  const { hour, cards } = recalling(teams);
  await hour();
  expect(cards()).toHaveLength(0);
  // The meeting is on Thursday 10 December: five business days before is Thursday 3.
  teams.clock.advance({ days: 9, hours: 23 });
  await hour();
  expect(cards().map(({ plain }) => plain.includes('Préparer la rencontre'))).toEqual([true]);
  expect(teams.clock.today().toString()).toBe('2026-12-03');
});
