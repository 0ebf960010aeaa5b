import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import { originLine } from '../../../../core/due.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { PageRoute } from '../../../../core/feature.ts';
import { Id } from '../../../../core/id.ts';
import type { Documents } from '../../../../core/ports.ts';
import type { ContractServices } from '../../screens/services.ts';
import { detailOf, fieldsOf } from '../../texts.ts';

/** The links of the releases before name nobody: they hold no more, since those who left a body kept theirs. */
const Subject = z.strictObject({
  contract: Id,
  feed: z.int(),
  tenantId: z.string().optional(),
  objectId: z.string().optional(),
});

const ASK_AGAIN =
  'Ce lien ne vaut plus. Demandez-en un autre à Courtier : écrivez « contrats », puis ouvrez le contrat.';

/** A contract's duties for a calendar, whole days; those that are done say so. */
export const feedPage: PageRoute<
  ContractServices & { readonly clock: Clock; readonly documents: Documents }
> = {
  kind: 'contracts.feed',
  async handle(subject, form, { contracts, documents, clock }) {
    if (form) throw notFound();
    const { contract: id, feed, tenantId, objectId } = Subject.parse(subject);
    if (tenantId === undefined || objectId === undefined) throw new CourtierError('notFound', ASK_AGAIN);
    const { contract, duties, done } = await contracts.feed(id, feed, { tenantId, objectId });
    const body = await documents.agenda(
      `Contrat nº ${contract.number}`,
      duties.map((duty) => ({
        id: `${id}-${duty.id}`,
        title: `${done.has(duty.id) ? '✓ ' : ''}${duty.due.source === 'guide' ? '' : 'Repère : '}${duty.title}`,
        text: [
          ...detailOf(duty, contract, contracts.rules),
          ...fieldsOf(duty).map(({ title, value }) => `${title} : ${value}`),
          originLine(duty.asked, duty.due),
        ].join('\n'),
        when: duty.due.on,
        sequence: contract.revision,
      })),
      clock.now(),
    );
    return { status: 200, mediaType: 'text/calendar', body };
  },
  refuse: (sentence) => ({
    status: 404,
    mediaType: 'text/html',
    body: `<!doctype html><title>Courtier</title><p>${sentence}</p>`,
  }),
};
