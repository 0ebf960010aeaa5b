import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { Id } from '../../../../core/id.ts';
import type { CalendarItem, Documents } from '../../../../core/ports/documents.ts';
import type { PageRoute } from '../../../../core/routes/pages.ts';
import { originLine } from '../../../../core/time/due.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Followed } from '../../recording/store/records.ts';
import type { ContractServices } from '../../screens/services.ts';
import { detailOf, fieldsOf } from '../../texts.ts';

const Subject = z.strictObject({ contract: Id, tenantId: z.string(), objectId: z.string() });
/** A link of the release before. Those of the releases before it name nobody, and hold no more. */
const Former = Subject.extend({ feed: z.int() });

/** At nine in the morning, the day before: minutes before a whole day begins. */
const DAY_BEFORE = 15 * 60;

/** A contract's duties for a calendar, whole days, each with what it gives to copy; those that are done say so. */
const itemsOf = (
  { contract, duties, done }: Followed,
  { rules }: ContractServices['contracts'],
): CalendarItem[] =>
  duties.map((duty) => ({
    id: `${contract.id}-${duty.id}`,
    title: `${done.has(duty.id) ? '✓ ' : ''}${duty.due.source === 'guide' ? '' : 'Repère : '}${duty.title} · Contrat nº ${contract.number}, ${contract.supplierName}`,
    text: [
      `${contract.title} · ${contract.supplierName}`,
      ...detailOf(duty, contract, rules),
      ...fieldsOf(duty).map(({ title, value }) => `${title} : ${value}`),
      originLine(duty.asked, duty.due),
    ].join('\n'),
    when: duty.due.on,
    alarms: done.has(duty.id) ? [] : [DAY_BEFORE],
    sequence: contract.revision,
  }));

/** Contracts that a person's own calendar holds, the latest end first. */
const MOST = 100;

/** The duties of all the contracts that somebody sees now. */
export async function events(
  person: PersonKey,
  { contracts }: Pick<ContractServices, 'contracts'>,
): Promise<CalendarItem[]> {
  const { rows } = await contracts.page(person, 1, MOST);
  return rows.flatMap((held) => itemsOf(held, contracts));
}

/** The link of one contract. */
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
    const held = await contracts.feed(id, person);
    const name = `Contrat nº ${held.contract.number}`;
    const body = await documents.agenda(name, itemsOf(held, contracts), clock.now());
    return { status: 200, mediaType: 'text/calendar', body };
  },
};
