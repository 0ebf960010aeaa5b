import { CourtierError } from '../../../../core/errors.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import { earlierOf } from '../../../../core/time/days.ts';
import type { Person } from '../../../../core/turn.ts';
import { quantitiesOfNeeds, requestFact, type Said } from '../../../acquisitions/index.ts';
import type { Body } from '../../../people/index.ts';
import type { ContractServices } from '../../screens/services.ts';
import { latestEnd } from '../rules/term.ts';

const MOST_OFFERS = 1_000;

/** What a file knows of the contract that it leads to. */
export interface FromFile {
  readonly file: string;
  /** A sentence that says which file, and what comes from it. */
  readonly from: string;
  readonly title: string;
  readonly supplier: string;
  readonly offers: string;
  readonly amountCents: number;
  readonly end: Temporal.PlainDate;
  readonly rcti: string;
}

/** As many whole lines as a field holds. */
const fitting = (lines: readonly string[]): string =>
  lines.reduce((text, line) => {
    const longer = text === '' ? line : `${text}\n${line}`;
    return longer.length > MOST_OFFERS ? text : longer;
  }, '');

/** The last day of a contract that begins on a day and lasts so many months: never later than it may (guide 4.4). */
function endOf(first: Temporal.PlainDate, months: number | undefined): Temporal.PlainDate {
  const longest = latestEnd({ signedOn: first, startsOn: first });
  const end = months ? first.add({ months }).subtract({ days: 1 }) : longest;
  return earlierOf(end, longest);
}

/** Whether the RCTI applies: what the broker's staff confirmed of the body goes before what the file says. */
function rctiOf(said: { readonly bound?: Said | undefined } | undefined, body: Body | undefined): string {
  if (body?.confirmed && body.rcti !== null) return String(body.rcti);
  return said?.bound === 'yes' ? 'true' : said?.bound === 'no' ? 'false' : '';
}

/** Which file a form was filled in from, for whoever sees that file; nothing without one. */
export async function fileNamed(
  id: string,
  person: Person,
  { files }: Pick<ContractServices, 'files'>,
): Promise<Pick<FromFile, 'file' | 'from'> | undefined> {
  if (id === '') return undefined;
  try {
    const { number, name } = await files.findFile(id, person);
    return { file: id, from: `De votre dossier nº ${number} « ${escapeMarkdown(name)} ».` };
  } catch (error) {
    if (error instanceof CourtierError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

/** What the file that a person means knows of a contract to note; nothing without a choice, nor once its contract is noted. */
export async function fromFile(
  person: Person,
  today: Temporal.PlainDate,
  { db, files, contracts, belonging }: Pick<ContractServices, 'db' | 'files' | 'contracts' | 'belonging'>,
): Promise<FromFile | undefined> {
  const file = await files.current(person);
  if (!file || (await contracts.ofFile(file.id))) return undefined;
  const { choice, offers, body } = await files.conclusion('choice', file.id);
  if (!choice) return undefined;
  const { value: wanted } = await files.readFact(db, file.id, requestFact);
  const quantities = quantitiesOfNeeds(wanted?.needs ?? []);
  const months = wanted?.durationMonths;
  const told = ['le nom', 'le fournisseur', 'les offres', 'les quantités', ...(months ? ['la durée'] : [])];
  return {
    file: file.id,
    from: `D’après votre dossier nº ${file.number} « ${escapeMarkdown(file.name)} » : ${told.join(', ')} et le montant. Changez ce que le contrat dit autrement.`,
    title: file.name,
    supplier: choice.supplier,
    offers: fitting([...offers, ...quantities]),
    amountCents: Number(choice.priceCents),
    end: endOf(today, months),
    rcti: rctiOf(body, await belonging.bodyOf(person)),
  };
}
