import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import { originLine } from '../../../../core/due.ts';
import { notFound } from '../../../../core/errors.ts';
import type { PageRoute } from '../../../../core/feature.ts';
import { Id } from '../../../../core/id.ts';
import type { Documents } from '../../../../core/ports.ts';
import type { ContractServices } from '../../screens/services.ts';
import { detailOf, fieldsOf } from '../../texts.ts';

const Subject = z.strictObject({ contract: Id, tenantId: z.string(), objectId: z.string() });
/** A link of the release before. Those of the releases before it name nobody, and hold no more. */
const Former = Subject.extend({ feed: z.int() });

/** A contract's duties for a calendar, whole days; those that are done say so. */
export const feedPage: PageRoute<
  ContractServices & { readonly clock: Clock; readonly documents: Documents }
> = {
  kind: 'contracts.feed',
  title: 'Obligations d’un contrat, pour un agenda',
  suffix: '.ics',
  loses:
    'L’agenda de cette personne ne recevra plus les obligations du contrat. Elle peut demander un autre lien. Le contrat et ses rappels restent.',
  again:
    'Votre agenda suivait les obligations d’un contrat : dans Teams, écrivez « contrats » à Courtier, ouvrez le contrat, puis abonnez votre agenda au nouveau lien.',
  async about(subject, { contracts, people }) {
    const { contract: id, ...person } = Subject.parse(subject);
    const { contract } = await contracts.feed(id, person);
    const known = await people.findPerson(person);
    return `Contrat nº ${contract.number} · pour ${known?.name ?? 'une personne'}`;
  },
  async former(said, { contracts }) {
    const { data } = Former.safeParse(said);
    if (!data || !(await contracts.feedStands(data.contract, data.feed))) return undefined;
    const { feed: _feed, ...subject } = data;
    return subject;
  },
  async handle(subject, form, { contracts, documents, clock }) {
    if (form) throw notFound();
    const { contract: id, ...person } = Subject.parse(subject);
    const { contract, duties, done } = await contracts.feed(id, person);
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
