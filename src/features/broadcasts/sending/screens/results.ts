import { z } from 'zod';
import { notFound } from '../../../../core/errors.ts';
import type { Row, Sheet } from '../../../../core/ports/documents.ts';
import type { BroadcastServices } from '../../screens/current.ts';
import { Reference } from '../../screens/schema.ts';
import { REASONS, STATE_NAMES } from '../../texts.ts';
import { namedResults } from './results-card.ts';

const BATCH = 500;
/** A workbook of more lines opens badly; those who received nothing come first. */
const MOST = 50_000;

const OfStaff = Reference.extend({ tenantId: z.string(), objectId: z.string() });

const EVERYONE = { filter: 'all', searched: '' } as const;

/** What a workbook says that has not all of the results. */
const cutText = (most: number, total: number): string =>
  `Les ${most.toLocaleString('fr-CA')} premières lignes, sur ${total.toLocaleString('fr-CA')} : ceux qui n’ont rien reçu d’abord. La liste « destinataire par destinataire » les montre tous.`;

/** The results of a broadcast: one line a recipient, and no more than `most`, which it says where there are more. */
export async function resultsWorkbook(subject: unknown, services: BroadcastServices, most = MOST) {
  const { broadcast: id, ...person } = OfStaff.parse(subject);
  const { broadcasts, people, timeZone } = services;
  // Whoever asked for it, as they are now.
  if (!(await people.may(person, 'staff'))) throw notFound();
  const broadcast = await broadcasts.findBroadcast(id);
  const total = await broadcasts.resultCount(id, EVERYONE);
  const local = (at: Date) => at.toTemporalInstant().toZonedDateTimeISO(timeZone).toPlainDateTime();
  /** Read as they are written: nobody's results are kept meanwhile. */
  async function* rows(): AsyncGenerator<readonly Row[]> {
    for (let offset = 0; offset < most; offset += BATCH) {
      const size = Math.min(BATCH, most - offset);
      const page = await broadcasts.resultRows(id, EVERYONE, offset, size);
      yield (await namedResults(page, services)).map(({ row, name, body }) => [
        name,
        body,
        row.objectId === '' ? 'Canal' : 'Personne',
        STATE_NAMES[row.state],
        row.reason && row.state !== 'sent' ? REASONS[row.reason] : '',
        row.acknowledgedAt ? local(row.acknowledgedAt) : '',
        local(row.changedAt),
        row.attempts,
      ]);
      if (page.length < BATCH) return;
    }
  }
  const sheet: Sheet = {
    name: 'Résultats',
    heading: [
      `Avis nº ${broadcast.number} : ${broadcast.title}`,
      ...(total > most ? [cutText(most, total)] : []),
    ],
    columns: [
      { title: 'Destinataire', width: 40 },
      { title: 'Organisation', width: 40 },
      { title: 'Genre', width: 12 },
      { title: 'État', width: 14 },
      { title: 'Raison', width: 48 },
      { title: 'Pris connaissance', width: 30, kind: 'moment' },
      { title: 'Dernier changement', width: 30, kind: 'moment' },
      { title: 'Essais', width: 10 },
    ],
    rows: rows(),
  };
  return { number: broadcast.number, sheet };
}
