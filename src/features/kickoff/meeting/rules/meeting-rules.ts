import { join } from 'node:path';
import { z } from 'zod';
import { CONTENT_FOLDER } from '../../../../core/content.ts';
import { readYamlFile } from '../../../../core/process/yaml-file.ts';

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'une heure comme 08:30');
const Stretch = z
  .tuple([Clock, Clock], 'une plage comme [08:30, 12:00]')
  .refine(([from, to]) => from < to, 'une plage dont la fin suit le début');
const Stretches = z.array(Stretch, 'une liste de plages').max(6);

/** When and how the broker meets (guide 3.5): a deployer's choices. */
export const MeetingRules = z.strictObject({
  /** The hours of a week when meetings may take place, by day. */
  hours: z.strictObject({
    monday: Stretches,
    tuesday: Stretches,
    wednesday: Stretches,
    thursday: Stretches,
    friday: Stretches,
  }),
  lengthMinutes: z.int().min(15).max(240),
  /** Free time kept after a meeting. */
  bufferMinutes: z.int().min(0).max(120),
  /** A meeting takes place so many business days after it was proposed, at the earliest. */
  noticeDays: z.int().min(0).max(30),
  /** How far ahead meetings are proposed, in business days. */
  horizonDays: z.int().min(1).max(60),
  /** Moments proposed at once. */
  proposals: z.int().min(1).max(10),
  /** Business days during which they are kept. */
  heldDays: z.int().min(1).max(15),
  /** Business days that a step takes, from the end of the one before: a target that the guide does not set. */
  stepDays: z.strictObject({
    2: z.int().min(1),
    4: z.int().min(1),
    5: z.int().min(1),
    6: z.int().min(1),
    7: z.int().min(1),
    8: z.int().min(1),
    9: z.int().min(1),
    10: z.int().min(1),
  }),
});
export type MeetingRules = z.output<typeof MeetingRules>;

export const MEETINGS_FILE = join(CONTENT_FOLDER, 'calendar/rencontres.yaml');
/** When and how the broker meets. Throws one sentence when the file cannot be used. */
export const readMeetingRules = (file: string): MeetingRules => readYamlFile(file, MeetingRules);
