import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';
import { ContractRules } from '../../core/contract-rules.ts';
import { CourtierError } from '../../core/errors.ts';
import { MeetingRules } from '../../core/meeting-rules.ts';
import { writtenPath } from '../../core/path.ts';

/** A deployer's file of rules. Throws one sentence that names the file and the place when it cannot be read. */
function readRules<T extends z.ZodType>(file: string, Rules: T): z.output<T> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new CourtierError('invalid', `Le fichier « ${file} » ne peut pas être lu.`, cause);
  }
  const parsed = Rules.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CourtierError(
    'invalid',
    `${file}, ${writtenPath(issue?.path ?? [])} : cette valeur n'est pas permise (${issue?.message}).`,
  );
}

/** When and how the broker meets. */
export const readMeetingRules = (file: string): MeetingRules => readRules(file, MeetingRules);

/** The dates that the guide leaves open. */
export const readContractRules = (file: string): ContractRules => readRules(file, ContractRules);
