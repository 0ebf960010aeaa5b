import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CourtierError } from '../../core/errors.ts';
import { MeetingRules } from '../../core/meeting-rules.ts';
import { writtenPath } from '../../core/path.ts';

/** The deployer's rules for meetings. Throws one sentence that names the file and the place when they cannot be read. */
export function readMeetingRules(file: string): MeetingRules {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new CourtierError('invalid', `Le fichier « ${file} » ne peut pas être lu.`, cause);
  }
  const parsed = MeetingRules.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CourtierError(
    'invalid',
    `${file}, ${writtenPath(issue?.path ?? [])} : cette valeur n'est pas permise (${issue?.message}).`,
  );
}
