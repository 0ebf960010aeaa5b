import { notice } from '../../../core/routes/notices.ts';
import { Nothing } from '../screens/schema.ts';
import type { PeopleServices } from '../services.ts';
import * as cards from './screens/cards.ts';

const rules = { policy: 'surely', hours: 'decent', pausable: false, priority: 1 } as const;

/** Somebody who was not seen for nearly two years: when they are to be forgotten, and how to stay. */
export const silence = notice(
  { kind: 'people.silence', ...rules },
  Nothing,
  async (_subject, recipient, { silence }: PeopleServices) => {
    const silent = recipient.kind === 'person' ? await silence.silenceOf(recipient) : undefined;
    return silent && cards.silenceCard(silent);
  },
);

/** The staff: the bodies that are about to lose their last confirmed members, all in one. */
export const emptying = notice(
  { kind: 'people.emptying', ...rules },
  Nothing,
  async (_subject, _recipient, { silence }: PeopleServices) => {
    const bodies = await silence.emptying();
    return bodies.length > 0 ? cards.emptyingCard(bodies) : undefined;
  },
);
