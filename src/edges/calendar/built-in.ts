import type { Calendar } from '../../core/ports/calendar.ts';

/** No calendar but the assistant's own: it knows its meetings itself, and people are invited by a file to open. */
export const builtInCalendar: Calendar = {
  busy: async () => [],
  enter: async ({ id }) => ({ event: id, joinUrl: undefined }),
  remove: async () => {},
};
