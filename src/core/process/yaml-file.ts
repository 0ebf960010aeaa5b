import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { CourtierError } from '../errors.ts';
import { writtenPath } from '../text/path.ts';

const { localeError: error } = z.locales.frCA();

/** A deployer's file. Throws one sentence that names the file and the place when it is not what `schema` says. */
export function readYamlFile<T extends z.ZodType>(file: string, schema: T): z.output<T> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new CourtierError('invalid', `Le fichier « ${file} » ne peut pas être lu.`, cause);
  }
  const parsed = schema.safeParse(content, { error });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CourtierError(
    'invalid',
    `${file}, ${writtenPath(issue?.path ?? [])} : cette valeur n'est pas permise (${issue?.message}).`,
  );
}
