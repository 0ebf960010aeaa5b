import type { Calendar, Meeting } from '../../src/core/ports/calendar.ts';

export type Agenda = ReturnType<typeof openAgenda>;

/** The broker's calendar, as the world has it: what was entered, and not taken out. */
export function openAgenda() {
  const events = new Map<string, Meeting>();
  let refusing = false;
  const refuse = () => {
    if (refusing) throw new Error('the calendar refuses');
  };
  const calendar: Calendar = {
    async busy() {
      refuse();
      return [];
    },
    async enter(meeting) {
      refuse();
      events.set(meeting.id, meeting);
      return { event: meeting.id, joinUrl: `https://teams.exemple.test/${meeting.id}` };
    },
    async remove(event) {
      refuse();
      events.delete(event);
    },
  };
  return {
    calendar,
    events,
    refuses(is: boolean) {
      refusing = is;
    },
  };
}
