import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { giveBack } from '../../core/cards/giving-back.ts';
import { CourtierError } from '../../core/errors.ts';
import type { Log } from '../../core/ports/log.ts';
import { buildLine, type LineLimits, stopping } from './line.ts';
import type { Made, Order, Said, Told } from './orders.ts';
import type { PlainSheet } from './rows.ts';

export interface ThreadLimits extends LineLimits {
  /** How long one document may take, in milliseconds. */
  readonly workMs: number;
  /** How long a thread that has nothing to do is kept, with what it loaded. */
  readonly idleMs: number;
  /** What its own objects may take, in megabytes. */
  readonly heapMb: number;
}

/** What a thread works on: rows are asked for while it does, of the sheets in their order. */
export interface Task<W extends Order['what']> {
  readonly order: Extract<Order, { what: W }>;
  readonly rows?: readonly PlainSheet['rows'][];
  /** Nobody waits for it any more. */
  readonly gone?: AbortSignal | undefined;
}

/** Beside this file, in the sources as in a bundle. */
const WORKER = `./document-worker${extname(import.meta.url)}`;
/** New objects are few and die soon: what they may take besides is kept for the rest of the process. */
const YOUNG_MB = 8;

const tooLong = () =>
  new CourtierError(
    'unavailable',
    'Ce document a demandé trop de temps. Veuillez réessayer dans quelques minutes.',
  );
/**
 * A thread that makes documents, one at a time, the others waiting in their order. It starts with the first one, and
 * ends when it has had nothing to do for a while, so that its memory is given back; when it falls, the next document
 * has a new one.
 */
export function buildThread(name: string, limits: ThreadLimits, log: Log) {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let working = false;
  let abandon: ((error: Error) => void) | undefined;
  const line = buildLine(limits);

  function started(): Worker {
    clearTimeout(idle);
    if (worker) return worker;
    const begun = new Worker(new URL(WORKER, import.meta.url), {
      name,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    begun.unref();
    // Whatever ends it, the next document has another one; unheard, an error would end the process.
    begun.on('error', () => {});
    begun.once('exit', () => {
      if (worker === begun) worker = undefined;
    });
    worker = begun;
    return begun;
  }

  function end(): void {
    clearTimeout(idle);
    worker?.terminate();
    worker = undefined;
  }

  /** Nobody asked for anything for a while: what it held, and what passed through our hands, is given back. */
  function rest(): void {
    end();
    giveBack().catch((err: unknown) => log.warn({ err }, 'memory not given back'));
  }

  /** One task, by the thread as it is: whatever goes wrong, the next one has a new thread. */
  async function carryOut<W extends Order['what']>({ order, rows = [], gone }: Task<W>): Promise<Made[W]> {
    const thread = started();
    const tell = (told: Told) => thread.postMessage(told);
    const sources = rows.map((each) => each[Symbol.asyncIterator]());
    const { promise, resolve, reject } = Promise.withResolvers<Made[W]>();
    abandon = reject;
    const late = setTimeout(() => reject(tooLong()), limits.workMs).unref();
    const left = () => reject(gone?.reason);
    gone?.addEventListener('abort', left);
    const hear = (said: Said) => {
      if ('made' in said) return resolve(said.made as Made[W]);
      if ('failed' in said) return reject(failureOf(said.failed));
      const source = sources[said.wants];
      if (!source) return reject(new Error(`no sheet ${said.wants}`));
      source
        .next()
        .then(({ done, value }) => tell({ part: done ? undefined : value }))
        .catch(reject);
    };
    const ended = (code: number) => reject(new Error(`the thread of documents ended with ${code}`));
    thread.on('message', hear).on('error', reject).on('exit', ended);
    try {
      tell({ order });
      return await promise;
    } catch (error) {
      // Of a file that cannot be read, the thread is none the worse.
      if (!isInvalid(error)) end();
      throw error;
    } finally {
      clearTimeout(late);
      gone?.removeEventListener('abort', left);
      abandon = undefined;
      thread.off('message', hear).off('error', reject).off('exit', ended);
      // A query that is under way ends by itself; nobody waits for it.
      for (const source of sources) source.return?.()?.catch(() => {});
    }
  }

  return {
    /** What a task comes to. Throws a `CourtierError` when too many wait, or it takes too long, and whatever it failed of. */
    async work<W extends Order['what']>(task: Task<W>): Promise<Made[W]> {
      try {
        return await line.inTurn(task.gone, async () => {
          working = true;
          try {
            return await carryOut(task);
          } finally {
            working = false;
            idle = setTimeout(rest, limits.idleMs).unref();
          }
        });
      } catch (err) {
        if (!isInvalid(err) && !task.gone?.aborted)
          log.error({ thread: name, document: task.order.what, err }, 'document not made');
        throw err;
      }
    },

    /** Ends it: what is under way and what waits is refused. */
    close(): void {
      line.close();
      abandon?.(stopping());
      if (!working) end();
    },
  };
}

const isInvalid = (error: unknown) => error instanceof CourtierError && error.kind === 'invalid';

function failureOf({ kind, message, stack }: Extract<Said, { failed: object }>['failed']): Error {
  if (kind) return new CourtierError(kind, message);
  return Object.assign(new Error(message), { stack });
}
