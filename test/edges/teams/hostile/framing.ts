import { randomBytes } from 'node:crypto';
import { request } from '../../../support/raw-http.ts';
import { chunked, get, type Kind, kind, post } from './kind.ts';

const CHUNKED = 'Transfer-Encoding: chunked';
const upgrade = (to: string, start = 'GET /api/messages HTTP/1.1') =>
  request(start, [], '')
    .toString('latin1')
    .replace('Connection: close', `Connection: Upgrade\r\nUpgrade: ${to}`);
const withHost = (...hosts: readonly string[]) =>
  request(
    'GET /liens/x HTTP/1.1',
    [],
    '',
    hosts.map((host) => `Host: ${host}`),
  );

/** Where one request ends and the next begins: what front ends and servers may read differently. */
export const smuggling = (activity: string): readonly Kind[] => [
  kind('a length and chunks', [400], post(chunked(activity), [CHUNKED, 'Content-Length: 4'])),
  kind(
    'chunks and a length after them',
    [400],
    post('0\r\n\r\nGET / HTTP/1.1\r\n\r\n', ['Content-Length: 26', CHUNKED]),
  ),
  kind('two lengths that differ', [400], post(activity, ['Content-Length: 2', 'Content-Length: 4'])),
  kind('two lengths that agree', [400], post('{}', ['Content-Length: 2', 'Content-Length: 2'])),
  kind('a list of lengths', [400], post('{}', ['Content-Length: 2, 2'])),
  kind('a negative length', [400], post('{}', ['Content-Length: -2'])),
  kind('a length with a sign', [400], post('{}', ['Content-Length: +2'])),
  kind('a length in hexadecimal', [400], post('{}', ['Content-Length: 0x2'])),
  kind('a length of two words', [400], post('{}', ['Content-Length: 1 2'])),
  kind('a length beyond every number', [400], post('{}', ['Content-Length: 99999999999999999999999'])),
  kind('no length at all', [400], post('', ['Content-Length:'])),
  kind('chunks inside of gzip', [400, 415], post(chunked('x'), ['Transfer-Encoding: gzip, chunked'])),
  kind('chunks twice in one header', [400], post(chunked('{}'), ['Transfer-Encoding: chunked, chunked'])),
  kind('chunks in two headers', [400], post(chunked('{}'), [CHUNKED, CHUNKED])),
  kind('chunks by another name', [400], post(chunked('{}'), ['Transfer-Encoding: xchunked'])),
  kind('chunks that are identity', [400], post('{}', ['Transfer-Encoding: identity'])),
  kind('a space before the colon', [400], post(chunked('{}'), ['Transfer-Encoding : chunked'])),
  kind('an encoding on a folded line', [400], post(chunked('{}'), ['Transfer-Encoding:\r\n chunked'])),
  kind(
    'chunks in HTTP/1.0',
    [400],
    request('POST /api/messages HTTP/1.0', ['Content-Type: application/json', CHUNKED], chunked('{}')),
  ),
  kind('a chunk whose size is no number', [400], post('zz\r\n{}\r\n0\r\n\r\n', [CHUNKED])),
  kind('a chunk of negative size', [400], post('-2\r\n{}\r\n0\r\n\r\n', [CHUNKED])),
  kind('a chunk larger than every number', [400], post('fffffffffffffffffff\r\n{}', [CHUNKED])),
  kind('a chunk longer than its size', [400], post('1\r\n{}\r\n0\r\n\r\n', [CHUNKED])),
  kind('a chunk without its end', [400], post('2\r\n{}0\r\n\r\n', [CHUNKED])),
  kind('a chunk with a bare line feed', [400], post('2\n{}\n0\n\n', [CHUNKED])),
  kind(
    'a chunk with 30 KB of extensions',
    [400, 413],
    post(`2;${'a'.repeat(30_000)}\r\n{}\r\n0\r\n\r\n`, [CHUNKED]),
  ),
  kind(
    '20 KB of trailers',
    [400, 431],
    post(`2\r\n{}\r\n0\r\n${`A: ${'b'.repeat(100)}\r\n`.repeat(200)}\r\n`, [CHUNKED]),
  ),
  kind(
    'a request within the body',
    [400],
    post('{}POST /api/messages HTTP/1.1\r\n\r\n', ['Content-Length: 2']),
  ),
];

/** The head of a request. */
export const heads = (): readonly Kind[] => [
  kind('a bare line feed between headers', [400], 'GET /liens/x HTTP/1.1\nHost: a\n\n'),
  kind('a bare carriage return in a header', [400], get('/liens/x', ['A: b\rC: d'])),
  kind('NUL in the value of a header', [400], get('/liens/x', ['A: b\0c'])),
  kind('NUL in the name of a header', [400], get('/liens/x', ['A\0: b'])),
  kind('a header without colon', [400], get('/liens/x', ['Hello'])),
  kind('a header without name', [400], get('/liens/x', [': value'])),
  kind('a name with a space', [400], get('/liens/x', ['A B: c'])),
  kind('a folded header', [400, 404], get('/liens/x', ['A: b\r\n c'])),
  kind('a header of 20 KB', [431], get('/liens/x', [`A: ${'b'.repeat(20_000)}`])),
  kind(
    '300 headers',
    [431],
    get(
      '/liens/x',
      Array.from({ length: 300 }, (_, n) => `A${n}: b`),
    ),
  ),
  kind(
    '1,500 short headers',
    [431],
    get(
      '/liens/x',
      Array.from({ length: 1_500 }, () => 'A: b'),
    ),
  ),
  kind('no host', [400], withHost()),
  kind('two hosts', [400], withHost('courtier', 'other')),
  kind('a host that is no host', [400], withHost('[')),
  kind('a host that is a path', [400], withHost('x/metrics?')),
  kind('a host with a space', [400], withHost('a b')),
  kind('a host with a password', [400], withHost('a:b@c')),
  kind('a host with an impossible port', [404], withHost('a:99999')),
  kind('a host that is an impossible address', [404], withHost('1.2.3.4.5')),
  kind('an expectation that nobody knows', [417], post('{}', ['Expect: the-unexpected'])),
  kind(
    'waiting to be told to send too much',
    [413],
    post('', ['Expect: 100-continue', 'Content-Length: 9000000']),
  ),
  kind(
    'waiting to be told to send gzip',
    [415],
    post('', ['Expect: 100-continue', 'Content-Encoding: gzip', 'Content-Length: 9']),
  ),
  kind(
    'a thousand ranges of a file',
    [404],
    get('/telechargements/x', [`Range: bytes=${'0-1,'.repeat(1_000)}0-1`]),
  ),
  kind('a body with HEAD', [400], request('HEAD /healthz HTTP/1.1', ['Content-Length: 2'], '{}')),
  kind('a body with GET', [400], request('GET /liens/x HTTP/1.1', ['Content-Length: 2'], '{}')),
  kind('chunks with GET', [400], request('GET /telechargements/x HTTP/1.1', [CHUNKED], chunked('{}'))),
];

/** Other protocols, other versions, other methods. */
export const protocols = (): readonly Kind[] => [
  kind('HTTP/0.9', [400, 505], 'GET /\r\n\r\n'),
  kind('HTTP/1.2', [400, 505], request('GET /liens/x HTTP/1.2')),
  kind('HTTP/2 in words', [400, 505], request('GET /liens/x HTTP/2.0')),
  kind('HTTP/9.9', [400, 505], request('GET /liens/x HTTP/9.9')),
  kind('the preface of HTTP/2', [400, 505], 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  kind(
    'the hello of TLS',
    [400],
    Buffer.concat([Buffer.from('1603010200010001fc0303', 'hex'), randomBytes(508)]),
  ),
  kind('the banner of SSH', [400], 'SSH-2.0-OpenSSH_9.9\r\n'),
  kind('noise', [400], Buffer.concat([Buffer.from([255]), randomBytes(4_096)])),
  kind('nothing but line ends', [0, 400], '\r\n\r\n\r\n\r\n', true),
  kind('upgrade to a web socket', [400], upgrade('websocket')),
  kind('upgrade to HTTP/2', [400], upgrade('h2c')),
  kind('upgrade to TLS', [400], upgrade('TLS/1.2', 'OPTIONS * HTTP/1.1')),
  kind('upgrade of an unknown path', [400], upgrade('websocket', 'GET /unknown HTTP/1.1')),
  kind('upgrade with a body', [400], post('{}', ['Upgrade: h2c'])),
  kind('CONNECT', [405], 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n'),
  kind('CONNECT to a path', [400, 405], request('CONNECT /api/messages HTTP/1.1')),
  ...['TRACE', 'OPTIONS', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'PROPFIND', 'QUERY', 'PURGE'].map((method) =>
    kind(method, [405], request(`${method} /api/messages HTTP/1.1`)),
  ),
  kind('PATCH with a body', [405], request('PATCH /api/messages HTTP/1.1', ['Content-Length: 2'], '{}')),
  kind('a method that is none', [400], request('FROBNICATE /api/messages HTTP/1.1')),
  kind('a method in small letters', [400], request('post /api/messages HTTP/1.1')),
  kind('no method', [400], request(' /api/messages HTTP/1.1')),
  kind('a GET of the messages', [405], get('/api/messages')),
  kind('a POST of the health', [405], post('{}', [], '/healthz')),
];

/** What is asked for. */
export const targets = (): readonly Kind[] => [
  kind('the address of another host', [400], get('http://example.org/metrics')),
  kind('the address of this host', [400], get('http://courtier/metrics')),
  kind('a star', [400], get('*')),
  kind('OPTIONS of a star', [400, 405], request('OPTIONS * HTTP/1.1')),
  kind('a path without slash', [400], get('metrics')),
  kind('a path with a backslash', [400], get('/\\[')),
  kind('a path with a bracket', [400], get('/[::1')),
  kind('a path with a NUL', [400], get('/liens/\0')),
  kind('a path of other letters', [400], get('/liens/\u00e9')),
  kind('a path with a space', [400], get('/liens/a b')),
  kind('a path that climbs', [400], get('/liens/../metrics')),
  kind('a path that climbs in disguise', [400], get('/liens/%2E%2e/metrics')),
  kind('a path that climbs by an encoded slash', [404], get('/liens/..%2fmetrics')),
  kind('a percent sign alone', [404], get('/liens/%')),
  kind('a percent sign before no number', [404], get('/liens/%zz')),
  kind('percent signs that are no UTF-8', [404], get('/liens/%ff%fe')),
  kind('an encoded NUL for a link', [404], get('/liens/%00')),
  kind('an encoded NUL for a file', [404], get('/telechargements/%00')),
  kind('an encoded line end', [404], get('/telechargements/%0d%0aSet-Cookie:a=b')),
  kind('many slashes', [404], get(`${'/'.repeat(2_000)}liens/x`)),
  kind('a path of 5,000 characters', [414], get(`/liens/${'a'.repeat(5_000)}`)),
  kind('a token of 1,900 characters', [404], get(`/telechargements/${'a'.repeat(1_900)}`)),
  kind('a token of 3,000 characters', [404], get(`/liens/${'a'.repeat(3_000)}`)),
  kind('a path of 40 KB', [431], get(`/${'a'.repeat(40_000)}`)),
  kind('a hundred folders', [404], get('/a'.repeat(100))),
  kind('an unknown path with a body', [404], post('x'.repeat(200_000), [], '/unknown')),
];
