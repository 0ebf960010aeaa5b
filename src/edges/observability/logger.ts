import pino from 'pino';
import type { Log } from '../../core/ports.ts';

/** JSON lines on standard error. An error keeps its type, message, stack and causes; secrets and texts are masked. */
export function buildLog(level: string): Log {
  return pino(
    {
      level,
      base: undefined,
      redact: { paths: ['*.authorization', '*.password', '*.text', '*.name', 'text', 'name'], censor: '…' },
      serializers: { err: describeError },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** What is safe to keep of an error: never the request of a failed call, which carries tokens and texts. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const status =
    'statusCode' in error && typeof error.statusCode === 'number' ? { status: error.statusCode } : {};
  // The message of a failed query holds its parameters: the words of people. Its cause says enough.
  const message = error.message.startsWith('Failed query') ? 'Failed query' : error.message.slice(0, 500);
  const frames = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8);
  return {
    type: error.name,
    message,
    ...code,
    ...status,
    stack: frames?.join('\n'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
