import { expect, test } from '@jest/globals';
import { databaseTrouble, NoConnection } from '../../../src/core/rows/database-trouble.ts';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });
const query = (cause: unknown) => new Error('Failed query: select 1', { cause });

test.each([
  ['a lock that was not given', query(coded('55P03')), 'busy'],
  ['a statement that took too long', query(coded('57014')), 'busy'],
  ['a full disk', query(coded('53100')), 'full'],
  ['a server that stops', query(coded('57P01')), 'away'],
  ['too many connections', coded('53300'), 'away'],
  ['a connection that broke', query(new Error('Connection terminated unexpectedly')), 'away'],
  ['a connection that was reset under a query', query(coded('ECONNRESET')), 'away'],
  ['a connection that never came', new NoConnection(coded('ECONNREFUSED')), 'away'],
  ['a row that is there already', query(coded('23505')), undefined],
  ['Teams that does not answer', coded('ECONNREFUSED'), undefined],
  ['a mistake of ours', new TypeError('x is undefined'), undefined],
  ['no error at all', 'text', undefined],
])('%s', (_what, error, trouble) => expect(databaseTrouble(error)).toBe(trouble));
