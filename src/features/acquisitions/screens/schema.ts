import { z } from 'zod';
import { revision, sure } from '../../../core/cards/form.ts';
import { Id } from '../../../core/id.ts';
import { ChosenPerson } from '../../../core/people/chosen-person.ts';
import { ENDS } from '../rules/steps.ts';

const NAME = 'Donnez un nom au dossier, en 3 à 100 caractères.';

export const Nothing = z.object({});
const Page = z.int().min(1).max(10_000);
/** A file's name, on one line. */
const Name = z
  .string({ error: NAME })
  .max(200, NAME)
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().min(3, NAME).max(100, NAME));

export const ListPage = z.object({ state: z.enum(['open', 'archived']), page: Page });
export const Create = z.object({ name: Name });
export const File = z.object({ file: Id });
export const Opened = File.extend({ beside: z.boolean().optional() });
export const FilePage = z.object({ file: Id, page: Page });
export const Revised = z.object({ file: Id, revision: revision(0) });
const WHY = 'Dites pourquoi vous archivez ce dossier.';
/** `ended`: cards of before the reason was asked do not say it. */
export const Archive = Revised.extend({ ended: z.enum(ENDS, WHY), ...sure });
export const Rename = z.object({ file: Id, revision: revision(0), name: Name });

export const Share = z.object({ file: Id, colleague: ChosenPerson });
export const Unshare = z.object({ file: Id, member: ChosenPerson });
