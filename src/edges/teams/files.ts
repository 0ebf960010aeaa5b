import { basename } from 'node:path';
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { CourtierError } from '../../core/errors.ts';
import { cleanLine } from '../../core/text/intake.ts';
import type { DroppedFile } from '../../core/turn.ts';
import { isLoopback } from './gate.ts';

/** From which hosts dropped files may be fetched. « .example.org » stands for every host below it. */
export interface FileRules {
  readonly hosts: readonly string[];
  /** Local mode: the Playground and tests serve files on the loopback. */
  readonly loopback: boolean;
}

/** An archive of the whole catalogue. */
const LARGEST = 8 * 1024 * 1024;
const PATIENCE_MS = 10_000;

const DownloadInfo = z.looseObject({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().min(1).max(400),
  content: z.looseObject({ downloadUrl: z.string().max(4_000) }),
});

/**
 * The files that a person dropped in a one-to-one chat. Each has an address that needs no right of ours:
 * it is fetched without any token, from an allowed host only, without following redirections.
 */
export function droppedFiles(
  { attachments }: Pick<Activity, 'attachments'>,
  rules: FileRules,
): DroppedFile[] {
  return (attachments ?? []).flatMap((attachment) => {
    const info = DownloadInfo.safeParse(attachment);
    if (!info.success) return [];
    const { name, content } = info.data;
    return [
      {
        name: basename(cleanLine(name).replaceAll('\\', '/')),
        read: () => fetchFile(content.downloadUrl, rules),
      },
    ];
  });
}

async function fetchFile(address: string, rules: FileRules): Promise<Uint8Array> {
  if (!isAllowed(address, rules))
    throw new CourtierError(
      'invalid',
      "Ce fichier ne vient pas d'un emplacement permis. Déposez-le depuis Teams.",
    );
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await readUpTo(LARGEST, response);
  } catch (error) {
    if (error instanceof CourtierError) throw error;
    // The cause may quote the address, which opens the file: only its kind is kept.
    const reason = error instanceof Error ? error.name : 'unknown';
    throw new CourtierError(
      'unavailable',
      "Je n'ai pas pu lire ce fichier. L'adresse a peut-être expiré : déposez-le de nouveau.",
      { reason },
    );
  }
}

function isAllowed(address: string, { hosts, loopback }: FileRules): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, port } = new URL(address);
  if (username || password) return false;
  if (loopback && isLoopback(hostname)) return protocol === 'http:' || protocol === 'https:';
  return (
    protocol === 'https:' &&
    port === '' &&
    hosts.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host))
  );
}

async function readUpTo(most: number, response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > most)
      throw new CourtierError(
        'invalid',
        'Ce fichier dépasse 8 Mio : les fiches de tout le catalogue sont bien plus petites.',
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
