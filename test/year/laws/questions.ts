import { sql } from 'drizzle-orm';
import { textsOf } from '../facts.ts';
import { judged, type Law, nothing } from '../law.ts';

/** Whoever writes is answered. */
export const answered: Law = {
  id: 'whoever writes is answered',
  from: 'docs/reliability.md: a message is answered once',
  turn: ({ what, spoke, trouble }) =>
    what.startsWith('écrit') && !trouble
      ? judged(1, spoke === 0 ? `${what}: nothing is said` : undefined)
      : nothing,
};

/** What is delivered twice is answered once. */
export const answeredOnce: Law = {
  id: 'a message delivered again is answered once',
  from: 'docs/reliability.md: a message delivered several times is answered once',
  turn: ({ what, saidAgain, trouble }) =>
    saidAgain !== undefined && !trouble
      ? judged(1, saidAgain > 0 ? `${what}: ${saidAgain} more lines for the same message` : undefined)
      : nothing,
};

/** What waits for the broker is in the list of the staff, whatever it is. */
export const listed: Law = {
  id: 'what waits is visible to somebody',
  from: 'docs/reliability.md: the list of what waits',
  async day(world) {
    const { house } = world.services();
    const ids = new Set<string>();
    for (const wait of house.waits()) for (const { id } of await wait.list()) ids.add(id);
    const waiting = await textsOf(
      world,
      sql`select 'membership ' || id as text from memberships where state = 'pending'
        union all select 'question ' || id from escalations where status in ('open', 'taken')
        union all select 'comment ' || id from contract_comments where answer is null
        union all select 'meeting ' || id from kickoffs where state = 'requested'
        union all select 'notice ' || id from broadcasts where state = 'awaiting'`,
    );
    return judged(
      waiting.length,
      ...waiting
        .filter((each) => ![...ids].some((id) => each.endsWith(id)))
        .map((each) => `${each} waits, and is in no list`),
    );
  },
};
