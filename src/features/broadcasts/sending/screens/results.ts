import { z } from 'zod';
import { notFound } from '../../../../core/errors.ts';
import { type Cell, DELIVERY_STATES, type Sheet } from '../../../../core/ports.ts';
import { type BroadcastServices, named } from '../../screens/actions.ts';
import { Reference } from '../../screens/schema.ts';
import { keyOf } from '../../store/records.ts';
import { REASONS, STATE_NAMES } from '../../texts.ts';

const BATCH = 1_000;
/** A workbook of more lines opens badly; those who received nothing come first. */
const MOST = 50_000;
const SHOWN = DELIVERY_STATES.filter((state) => state !== 'held');

const OfStaff = Reference.extend({ tenantId: z.string(), objectId: z.string() });

/** The results of a broadcast: one line a recipient. */
export async function resultsWorkbook(subject: unknown, services: BroadcastServices) {
  const { broadcast: id, ...person } = OfStaff.parse(subject);
  const { broadcasts, deliveries, people, timeZone } = services;
  // Whoever asked for it, as they are now.
  if (!(await people.may(person, 'staff'))) throw notFound();
  const broadcast = await broadcasts.findBroadcast(id);
  const rows: Cell[][] = [];
  const order = [...SHOWN].sort((a, b) => Number(a === 'sent') - Number(b === 'sent'));
  for (const state of order)
    for (let offset = 0; rows.length < MOST; offset += BATCH) {
      const page = await deliveries.page(keyOf(broadcast), [state], offset, BATCH);
      for (const { row, name } of await named(page, services))
        rows.push([
          name,
          row.recipient.kind === 'person' ? 'Personne' : 'Canal',
          STATE_NAMES[row.state],
          row.reason && row.state !== 'sent' ? REASONS[row.reason] : '',
          row.changedAt.toTemporalInstant().toZonedDateTimeISO(timeZone).toPlainDateTime(),
          row.attempts,
        ]);
      if (page.length < BATCH) break;
    }
  const sheet: Sheet = {
    name: 'Résultats',
    heading: [`Avis nº ${broadcast.number} : ${broadcast.title}`],
    columns: [
      { title: 'Destinataire', width: 40 },
      { title: 'Genre', width: 12 },
      { title: 'État', width: 14 },
      { title: 'Raison', width: 48 },
      { title: 'Dernier changement', width: 30, kind: 'moment' },
      { title: 'Essais', width: 10 },
    ],
    rows,
  };
  return { number: broadcast.number, sheet };
}
