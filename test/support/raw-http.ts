import { connect, type Socket } from 'node:net';

/** What came back on a connection, and how long it was open. */
export interface Outcome {
  readonly text: string;
  /** Of each answer, interim ones apart; none when the connection was closed without a word. */
  readonly statuses: readonly number[];
  readonly ms: number;
  /** Whether the client had to give up. */
  readonly open: boolean;
}

export interface Sending {
  readonly port: number;
  /** What is written at once; a function writes as it likes. */
  readonly bytes: string | Buffer | ((socket: Socket) => void);
  /** Ends its side after the bytes. */
  readonly half?: boolean;
  readonly patienceMs?: number;
}

/** Writes bytes on a connection and reads until the other side closes it. */
export function exchange({ port, bytes, half, patienceMs = 20_000 }: Sending): Promise<Outcome> {
  return new Promise((resolve) => {
    const from = performance.now();
    const chunks: Buffer[] = [];
    let open = false;
    const socket = connect(port, '127.0.0.1', () => {
      if (typeof bytes === 'function') bytes(socket);
      else if (half) socket.end(bytes);
      else socket.write(bytes);
    });
    const timer = setTimeout(() => {
      open = true;
      socket.destroy();
    }, patienceMs);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // What is refused may be reset while it is still being written.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      const text = Buffer.concat(chunks).toString('latin1');
      const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
      resolve({
        text,
        statuses: statuses.filter((status) => status >= 200),
        ms: performance.now() - from,
        open,
      });
    });
  });
}

/** A request as bytes; the header lines stand as they are given. */
export function request(
  start: string,
  headers: readonly string[] = [],
  body: string | Buffer = '',
  host = ['Host: courtier'],
): Buffer {
  const lines = [start, ...host, 'Connection: close', ...headers, '', ''];
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), Buffer.from(body)]);
}
