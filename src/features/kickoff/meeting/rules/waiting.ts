import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import { byBroker, type Due } from '../../../../core/time/due.ts';
import type { StepStanding } from '../../steps/rules.ts';
import type { MeetingRules } from './meeting-rules.ts';
import type { State } from './states.ts';

/** What the broker has to do of a meeting. */
export interface BrokerTurn {
  readonly text: string;
  readonly since: Date;
  readonly due: Due;
}

/** A meeting, as far as it says whose turn it is. */
interface Meeting {
  readonly state: State;
  readonly endsAt: Date | null;
  readonly createdAt: Date;
}

interface Ground {
  readonly standing: readonly StepStanding[];
  /** When the last part of a step was confirmed. */
  readonly confirmedAt: Date | undefined;
  readonly now: Date;
  readonly rules: MeetingRules;
  readonly days: BusinessDays;
}

/**
 * What a meeting waits for of the broker itself (guide 3.5): moments to propose, a word on the meeting that was to take
 * place, its own part of a step. Undefined while somebody else's turn is on.
 */
export function brokerTurn(meeting: Meeting, ground: Ground): BrokerTurn | undefined {
  const { standing, confirmedAt, now, rules, days } = ground;
  const { state, endsAt, createdAt } = meeting;
  if (state === 'booked')
    return endsAt && endsAt <= now
      ? {
          text: 'Dire si la rencontre a eu lieu',
          since: endsAt,
          due: { ...byBroker('le jour de la rencontre'), on: brokerDate(endsAt) },
        }
      : undefined;
  const current = standing.find((each) => each.state === 'current');
  const since = confirmedAt ?? createdAt;
  const within = (step: keyof MeetingRules['stepDays']): Due => ({
    ...byBroker(`content/calendar/rencontres.yaml, stepDays ${step}`),
    on: days.office.add(brokerDate(since), rules.stepDays[step]),
  });
  if (state === 'requested')
    return {
      text: 'Proposer des moments, ou demander des précisions',
      since,
      due: current?.due ?? within(2),
    };
  if (state !== 'held' || !current?.waiting.includes('broker')) return undefined;
  const { number, tasks, title } = current.step;
  return { text: `Étape ${number} : ${tasks.broker ?? title}`, since, due: current.due ?? within(7) };
}
