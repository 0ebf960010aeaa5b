import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { chunked, FORM_TYPE, type Kind, kind, post } from './kind.ts';

const FORM = '/liens/x';
const encoded = (name: string, body: string | Buffer = 'x', path?: string) =>
  post(body, [`Content-Encoding: ${name}`], path);

/** Encodings of a body: each would carry an activity that the assistant would answer. */
export const encodings = (activity: string): readonly Kind[] => [
  kind('one byte said to be gzip', [415], encoded('gzip')),
  kind('one byte said to be gzip, to a link', [415], post('x', [FORM_TYPE, 'Content-Encoding: gzip'], FORM)),
  kind('gzip', [415], encoded('gzip', gzipSync(activity))),
  kind('gzip in capitals', [415], encoded('GZIP', gzipSync(activity))),
  kind('x-gzip', [415], encoded('x-gzip', gzipSync(activity))),
  kind('half of a gzip', [415], encoded('gzip', gzipSync(activity).subarray(0, 40))),
  kind('gzip in chunks', [415], post(chunked('x'), ['Content-Encoding: gzip', 'Transfer-Encoding: chunked'])),
  kind('gzip to an unknown path', [415], encoded('gzip', 'x', '/unknown')),
  kind('200 MB in 200 KB of gzip', [415], encoded('gzip', gzipSync(Buffer.alloc(200 * 1024 * 1024)))),
  kind('deflate', [415], encoded('deflate', deflateSync(activity))),
  kind('brotli', [415], encoded('br', brotliCompressSync(activity))),
  kind('zstd', [415], encoded('zstd', zstdCompressSync(activity))),
  kind('compress', [415], encoded('compress')),
  kind('identity and gzip', [415], encoded('identity, gzip', gzipSync(activity))),
  kind('gzip and identity', [415], encoded('gzip, identity', gzipSync(activity))),
  kind('gzip of gzip', [415], encoded('gzip, gzip', gzipSync(gzipSync(activity)))),
  kind(
    'two headers of encodings',
    [415],
    post('x', ['Content-Encoding: identity', 'Content-Encoding: gzip']),
  ),
  kind('an encoding without name', [415], post(activity, ['Content-Encoding:'])),
  kind('an encoding that nobody knows', [415], encoded('rot13', activity)),
];

/** How much of a body, and of what type. */
export const sizes = (activity: string): readonly Kind[] => [
  kind('a length above the limit, and no byte', [413], post('', ['Content-Length: 262145'])),
  kind('300 KB', [413], post('x'.repeat(300_000))),
  kind('a terabyte', [413], post('x'.repeat(60_000), ['Content-Length: 999999999999'])),
  kind(
    '300 KB in chunks',
    [413],
    post(chunked(...Array<string>(30).fill('x'.repeat(10_000))), ['Transfer-Encoding: chunked']),
  ),
  kind(
    'a hundred thousand chunks of one byte',
    [400, 413],
    post(chunked(...Array<string>(100_000).fill('x')), ['Transfer-Encoding: chunked']),
  ),
  kind('a form of 20 KB', [413], post('a'.repeat(20_000), [FORM_TYPE], FORM)),
  kind(
    'a form of 20 KB in chunks',
    [413],
    post(chunked('a'.repeat(20_000)), [FORM_TYPE, 'Transfer-Encoding: chunked'], FORM),
  ),
  kind('text', [415], post(activity, ['Content-Type: text/plain'])),
  kind('no type', [415], post(activity, ['Content-Type:'])),
  kind('a form for an activity', [415], post(activity, [FORM_TYPE])),
  kind(
    'several parts for an activity',
    [415],
    post('--b\r\n\r\n{}\r\n--b--', ['Content-Type: multipart/form-data; boundary=b']),
  ),
  kind('XML', [415], post('<a/>', ['Content-Type: application/xml'])),
  kind(
    'JSON in another character set',
    [415],
    post(activity, ['Content-Type: application/json; charset=utf-16']),
  ),
  kind('two types', [415], post(activity, ['Content-Type: application/json, text/plain'])),
  kind('JSON for a form', [415], post('{}', [], FORM)),
  kind(
    'several parts for a form',
    [415],
    post('--b--', ['Content-Type: multipart/form-data; boundary=b'], FORM),
  ),
  kind('a form of five thousand fields', [404], post('a&'.repeat(5_000), [FORM_TYPE], FORM)),
  kind('a form of percent signs', [404], post('%'.repeat(16_000), [FORM_TYPE], FORM)),
  kind('a form of no text', [404], post(Buffer.alloc(8_000, 0xff), [FORM_TYPE], FORM)),
];

/** Bodies that are no activity. */
export const values = (activity: string): readonly Kind[] => [
  kind('nothing', [400], post('')),
  kind('half of an activity', [400], post(activity.slice(0, 60))),
  kind('two activities', [400], post(activity + activity)),
  ...[
    '12',
    '-0',
    '1e999999',
    'null',
    'true',
    '""',
    '[]',
    '{}',
    `"${'a'.repeat(1_000)}"`,
    `[${activity}]`,
  ].map((text) => kind(`${text.slice(0, 12)} for an activity`, [400], post(text))),
  kind('250 KB of spaces', [400], post(' '.repeat(250_000))),
  kind('a list in a list, and so on', [400], post('['.repeat(100_000) + ']'.repeat(100_000))),
  kind('an object in an object, and so on', [400], post(`${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`)),
  kind(
    'an activity with a deep value',
    [400],
    post(activity.replace('{', `{"value":${'['.repeat(500)}${']'.repeat(500)},`)),
  ),
  kind('a list of a hundred thousand', [400], post(`[${'0,'.repeat(100_000)}0]`)),
  kind('twenty thousand keys', [400], post(`{${Array.from({ length: 20_000 }, (_, n) => `"a${n}":1`)}}`)),
  kind('an activity for a prototype', [400], post(`{"__proto__":${activity}}`)),
  kind('an activity for a constructor', [400], post(`{"constructor":{"prototype":${activity}}}`)),
  kind('no UTF-8', [400], post(Buffer.concat([Buffer.from(activity), Buffer.from([0xc3, 0x28])]))),
  kind('half a character', [400], post(Buffer.from(activity.replace('bonjour', 'h\u00e9'), 'latin1'))),
  kind('UTF-16', [400], post(Buffer.from(activity, 'utf16le'))),
  kind('a byte order mark before nothing', [400], post('\ufeff')),
  kind('NUL in JSON', [400], post(activity.replace('bonjour', 'bon\0jour'))),
  kind('a type twice, last a number', [400], post(activity.replace(/}$/, ',"type":1}'))),
  kind('an enormous number for a sender', [400], post(`{"type":"message","from":${'9'.repeat(200_000)}}`)),
  kind(
    'a service on another machine',
    [401],
    post(activity.replace(/"serviceUrl":"[^"]*"/, '"serviceUrl":"https://attacker.example/"')),
  ),
];
