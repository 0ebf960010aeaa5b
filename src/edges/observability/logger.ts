import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pino from 'pino';
import type { Log } from '../../core/ports/log.ts';
import { traceId } from '../../core/process/trace.ts';
import { ROOT } from '../../core/root.ts';

/** JSON lines on standard error. An error keeps its type, message, stack and causes; secrets and texts are masked. */
export function buildLog(level: string): Log {
  return pino(
    {
      level,
      base: undefined,
      mixin: () => {
        const trace = traceId();
        return trace ? { trace } : {};
      },
      redact: { paths: ['*.authorization', '*.password', '*.text', '*.name', 'text', 'name'], censor: '…' },
      serializers: { err: describeError },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/**
 * The folder of our own code: what it says of an error is not somebody's words. In a bundle nobody can tell it from that
 * of libraries, and the words of errors are left out.
 */
const OURS = pathToFileURL(join(ROOT, 'src/')).href;
/** « ECONNREFUSED », « 23505 », « BotDisabledByAdmin »: a code, and no word of anybody's. */
const CODE = /^(?:[A-Z][A-Za-z0-9_]{1,60}|[0-9A-Z]{5})$/;
/** What a database says of its schema, beside its code. */
const OF_SCHEMA = ['constraint', 'table', 'column', 'routine'] as const;

/**
 * What is safe to keep of an error: its type, its codes, where it was thrown. Not what it says, unless our own code says
 * it: the message of a database, a parser or a connector quotes what it was given, which is people's words.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' && CODE.test(error.code) ? error.code : '';
  const schema = 'severity' in error ? OF_SCHEMA : [];
  const told = schema.flatMap((key) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? [[key, value] as const] : [];
  });
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
  const entra = /\bAADSTS\d+\b/.exec(error.message)?.[0];
  const frames = framesOf(error);
  return {
    type: error.name.slice(0, 80),
    ...(isOurs(error, frames) && { message: error.message.slice(0, 500) }),
    ...(code && { code }),
    ...Object.fromEntries(told),
    ...(status !== undefined && { status }),
    ...(entra && { entra }),
    stack: frames.join('\n'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** Where it was thrown, without its message, whose lines may look like frames. */
const framesOf = (error: Error): readonly string[] =>
  (error.stack ?? '')
    .split(error.message)
    .join('')
    .split('\n')
    .filter(
      (line) => /^ {4}at [\w.<>[\] #]*\(?(?:file|node):/.test(line) || /^ {4}at .*node_modules/.test(line),
    )
    .slice(0, 8);

/** Classes of ours whose words are codes. */
const CODED = ['DeliveryError', 'GraphError'];

/** Said by our own code: an engine's own errors quote what it was given. */
const isOurs = ({ name }: Error, [first = '']: readonly string[]): boolean =>
  CODED.includes(name) || (name === 'Error' && first.includes(OURS) && !first.includes('node_modules'));
