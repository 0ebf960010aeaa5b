import type { Db } from '../../../core/ports/db.ts';
import type { Person } from '../../../core/turn.ts';
import type { Belonging } from '../../people/index.ts';
import type { Files } from '../store/files.ts';
import type { AcquisitionFile } from '../store/records.ts';
import * as cards from './cards.ts';

export interface AcquisitionServices {
  readonly db: Db;
  readonly timeZone: string;
  readonly files: Files;
  readonly belonging: Belonging;
}

/** What lists and finds the files of a person. */
export type FileServices = Pick<AcquisitionServices, 'files' | 'belonging'>;

/** A person's files in a state, with where each stands. */
export async function list(
  person: Person,
  state: AcquisitionFile['state'],
  page: number,
  { files, belonging }: FileServices,
  notice = '',
) {
  const shown = await files.pageOfFiles(person, state, page, cards.PAGE);
  const items = await Promise.all(
    shown.items.map(async (file) => ({ ...file, reports: await files.conclusions(file.id) })),
  );
  const joined = shown.total > 0 || (await belonging.bodyOf(person)) !== undefined;
  return cards.listCard({ ...shown, items }, state, joined, notice);
}
