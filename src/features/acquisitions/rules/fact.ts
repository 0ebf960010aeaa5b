import { z } from 'zod';
import { CourtierError } from '../../../core/errors.ts';

/** Something that a feature tells of an acquisition file: under which key it is kept, and what it looks like. */
export interface FactKind<T extends object> {
  readonly key: string;
  readonly schema: z.ZodType<T>;
}

/**
 * Declares a fact, once, by the feature that tells it; exported from its index, which is how a test finds it. The
 * schema transforms nothing: what is written is what is read. What older versions wrote stays readable, so that a field
 * that comes later is optional or has a default.
 */
export const fact = <T extends object>(key: string, schema: z.ZodType<T>): FactKind<T> => ({ key, schema });

/** A stored value as its kind describes it. Throws when it is not of that form: the log says where, never what it holds. */
export function readAs<T extends object>({ key, schema }: FactKind<T>, stored: unknown): T {
  const read = schema.safeParse(stored);
  if (read.success) return read.data;
  throw new CourtierError(
    'unavailable',
    'Une partie de ce dossier ne peut pas être lue. Rien n’est perdu : l’équipe du courtier peut vous aider.',
    new Error(`the fact « ${key} » is not of its form: ${z.prettifyError(read.error)}`),
  );
}
