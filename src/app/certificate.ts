import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { Clock } from '../core/clock.ts';

const KEPT_MS = 3_600_000;
const PATIENCE_MS = 2_000;

/**
 * Days until the certificate of the public address ends, counted whole; negative once it has. Undefined where the address
 * is not https, or does not answer: another alert says that. Whoever looks does not wait for it: it is what was seen at
 * the last look, an hour ago at most.
 */
export function buildCertificateWatch(publicUrl: string, clock: Clock) {
  const url = new URL(publicUrl);
  let endsAt: Date | undefined;
  let asked: Temporal.Instant | undefined;

  async function look(): Promise<void> {
    // Whatever comes of it: nothing that is only looked at ends the process.
    endsAt = await endOf(url.hostname, Number(url.port || 443)).catch(() => undefined);
  }

  return {
    look,
    days(): number | undefined {
      if (url.protocol !== 'https:') return undefined;
      const now = clock.now();
      if (!asked || asked.until(now).total('milliseconds') >= KEPT_MS) {
        asked = now;
        void look();
      }
      return endsAt && Math.floor(now.until(endsAt.toTemporalInstant()).total('hours') / 24);
    },
  };
}

/** The last moment of the certificate that a server shows, whoever signed it. */
function endOf(host: string, port: number): Promise<Date | undefined> {
  return new Promise((resolve) => {
    // What it is worth is not judged here: only its date is read, and nothing is said to whoever answers.
    const named = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port, ...named, rejectUnauthorized: false, timeout: PATIENCE_MS });
    const end = (found?: Date) => {
      socket.destroy();
      resolve(found);
    };
    socket.once('secureConnect', () => end(socket.getPeerX509Certificate()?.validToDate));
    socket.once('timeout', () => end());
    socket.once('error', () => end());
  });
}
