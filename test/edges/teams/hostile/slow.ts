import type { Socket } from 'node:net';
import { get, type Kind, kind, post } from './kind.ts';

/** Writes a piece now and then, for as long as anybody listens. */
function dribble(socket: Socket, first: string | Buffer, piece: string, everyMs = 400): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(piece), everyMs);
  socket.on('close', () => clearInterval(timer));
}
const head = (length: string) => post('', [length]);

/** Connections that take their time, or go away in the middle. */
export const slow = (activity: string): readonly Kind[] => [
  kind('a connection that says nothing', [0, 408], () => {}),
  kind('headers that dribble', [408], (socket) =>
    dribble(socket, 'POST /api/messages HTTP/1.1\r\nHost: a\r\n', 'A: b\r\n'),
  ),
  kind('a request line that dribbles', [408], (socket) => dribble(socket, 'GET /', 'a')),
  kind('a body that dribbles', [408], (socket) => dribble(socket, head('Content-Length: 200000'), ' ')),
  kind('a body that never comes', [408], head('Content-Length: 100')),
  kind('chunks that dribble', [408], (socket) =>
    dribble(socket, head('Transfer-Encoding: chunked'), '1\r\n \r\n'),
  ),
  kind('chunks that never end', [408], post(`1\r\n \r\n`, ['Transfer-Encoding: chunked'])),
  kind('a form that dribbles', [408], (socket) =>
    dribble(
      socket,
      post('', ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 9000'], '/liens/x'),
      'a',
    ),
  ),
  kind('told to continue, it never does', [408], post('', ['Expect: 100-continue', 'Content-Length: 100'])),
  kind('half a body, then an end', [0, 400], post(activity.slice(0, 50), ['Content-Length: 500']), true),
  kind('half a header, then an end', [0, 400], 'POST /api/messages HTTP/1.1\r\nHo', true),
  kind('half a chunk, then an end', [0, 400], post('fff\r\n{}', ['Transfer-Encoding: chunked']), true),
  kind('half a body, then a reset', [0], (socket) => {
    socket.write(post(activity.slice(0, 50), ['Content-Length: 500']), () => socket.resetAndDestroy());
  }),
  kind('a reset at once', [0], (socket) => socket.resetAndDestroy()),
  kind('a request, and no look at the answer', [0], (socket) => {
    socket.write(get('/metrics'), () => socket.destroy());
  }),
  kind(
    'five hundred requests at once',
    [0, 200],
    Buffer.from(get('/healthz').toString().replace('close', 'keep-alive').repeat(500)),
  ),
  kind(
    'an activity behind a request',
    [0, 200],
    Buffer.concat([Buffer.from(get('/healthz').toString().replace('close', 'keep-alive')), post(activity)]),
  ),
  kind(
    'noise behind a request',
    [0, 200],
    Buffer.concat([
      Buffer.from(get('/healthz').toString().replace('close', 'keep-alive')),
      Buffer.alloc(4_000, 0xee),
    ]),
  ),
];
