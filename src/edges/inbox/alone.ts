import type { Answer, Inbox } from '../../core/ports/inbox.ts';
import { buildOnce } from '../../core/process/once.ts';

/** The events of one process, by itself: nobody else takes one up. `now` in milliseconds. */
export function buildInboxAlone(now: () => number): Inbox {
  const once = buildOnce<Answer>(now);
  return { once: (key, work) => once(key, () => work({ isOurs: async () => true })) };
}
