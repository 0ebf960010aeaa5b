import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { Id } from '../../../core/id.ts';
import type { Documents } from '../../../core/ports/documents.ts';
import type { PageRoute } from '../../../core/routes/pages.ts';
import type { KickoffServices } from '../meeting/screens/services.ts';
import type { Kickoff } from '../tables.ts';
import { agendaItems } from '../texts.ts';
import { refusedPage } from './views.ts';

/** Of a person, or without one: the supplier's. */
const AgendaSubject = z.strictObject({
  kickoff: Id,
  tenantId: z.string().optional(),
  objectId: z.string().optional(),
});

/** The meeting of a calendar's link: whoever it was given to sees it still; the supplier, while their page holds. */
async function agendaKickoff(subject: unknown, { kickoffs, pageLinks }: KickoffServices): Promise<Kickoff> {
  const { kickoff: id, tenantId, objectId } = AgendaSubject.parse(subject);
  if (tenantId !== undefined && objectId !== undefined) return kickoffs.forClient(id, { tenantId, objectId });
  const row = await kickoffs.findKickoff(id);
  const page = { kickoff: id, supplier: row.supplierId };
  if (!(await pageLinks.holds('kickoff.supplier', page))) throw notFound();
  return row;
}

/** The meeting for one's own calendar. */
export const agendaPage: PageRoute<KickoffServices & { readonly documents: Documents }> = {
  kind: 'kickoff.agenda',
  title: 'Rencontre, pour un agenda',
  suffix: '.ics',
  loses:
    'L’agenda ne suivra plus l’heure de la rencontre. La rencontre reste ; on peut demander un autre lien.',
  again:
    'Votre agenda suivait une rencontre de démarrage : dans Teams, écrivez « rencontre » à Courtier, puis ajoutez-la de nouveau ; un fournisseur la retrouve sur sa page.',
  async about(subject, services) {
    const { supplierName, number } = await agendaKickoff(subject, services);
    const { tenantId, objectId } = AgendaSubject.parse(subject);
    const known =
      tenantId && objectId ? (await services.people.findPerson({ tenantId, objectId }))?.name : undefined;
    return `Rencontre nº ${number} · pour ${known ?? supplierName}`;
  },
  async handle(subject, form, services) {
    const { documents, clock } = services;
    const row = await agendaKickoff(subject, services);
    if (form || !row.startsAt || !row.endsAt) throw notFound();
    const body = await documents.agenda(
      'Rencontre de démarrage',
      [
        {
          // The kickoff's: what comes after a move replaces what came before.
          id: row.id,
          title: `Rencontre de démarrage : ${row.supplierName}`,
          text: agendaItems()
            .map((text, at) => `${at + 1}. ${text}`)
            .join('\n'),
          when: {
            start: Temporal.Instant.fromEpochMilliseconds(row.startsAt.getTime()),
            end: Temporal.Instant.fromEpochMilliseconds(row.endsAt.getTime()),
          },
          alarms: [60, 24 * 60],
          sequence: row.revision,
          cancelled: row.state === 'cancelled',
          ...(row.joinUrl && { url: row.joinUrl }),
        },
      ],
      clock.now(),
    );
    return { status: 200, mediaType: 'text/calendar', body };
  },
  refuse: refusedPage,
};
