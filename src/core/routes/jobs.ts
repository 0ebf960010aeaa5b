import type { z } from 'zod';

/** Work done outside a turn, begun within two seconds of the instant that it is for. The payload holds ids, never a person's words. */
export interface JobRoute<S> {
  readonly name: string;
  readonly input: z.ZodType;
  /** Cron expression in UTC for upkeep that may be missed without harm; absent for work that is enqueued. */
  readonly every?: string;
  /** The event that enqueues it, with the event's payload: how a feature hears of another one, whichever is above. */
  readonly on?: string;
  readonly handle: (input: unknown, services: S) => Promise<void>;
}

/** A job whose handler receives its parsed payload. */
export function job<S, I extends z.ZodType>(
  name: string,
  input: I,
  handle: (input: z.output<I>, services: S) => Promise<void>,
  when: Pick<JobRoute<S>, 'every' | 'on'> = {},
): JobRoute<S> {
  return {
    name,
    input,
    handle: (value, services) => handle(value as z.output<I>, services),
    ...when,
  };
}
