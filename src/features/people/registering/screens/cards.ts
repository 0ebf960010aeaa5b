import type { Card } from '../../../../core/card.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { countsOf, type Plan } from '../rules/plan.ts';
import { COLUMNS } from '../rules/reading.ts';
import type { RegisterProblem } from '../rules/row.ts';
import type { RegisterImport } from '../store/register.ts';

const LINES = 12;

/** What an import would do, in lines. */
export function effectLines(plan: Plan): string[] {
  const { added, completed, same, aliases, tenants, contacts, kinds } = countsOf(plan);
  return [
    added > 0 ? `${count(added, 'nouvel organisme', 'nouveaux organismes')}` : '',
    completed > 0 ? `${count(completed, 'organisme complété', 'organismes complétés')}` : '',
    same > 0 ? `${count(same, 'organisme inchangé', 'organismes inchangés')}` : '',
    aliases > 0 ? `${count(aliases, 'autre nom', 'autres noms')} de plus` : '',
    tenants > 0
      ? `${count(tenants, 'locataire associé', 'locataires associés')} : leurs personnes n’attendront plus de confirmation`
      : '',
    contacts > 0 ? `${count(contacts, 'contact')} à écrire` : '',
    kinds > 0
      ? `${count(kinds, 'genre confirmé', 'genres confirmés')} : les membres ne le changeront plus`
      : '',
  ].filter(Boolean);
}

const problemLine = ({ cell, sentence }: RegisterProblem): string => `${cell} : ${sentence}`;

const ENDED = {
  done: 'Le registre est écrit.',
  discarded: 'Rien n’a été écrit. Déposez le fichier de nouveau pour l’importer.',
} as const;

/** A register that was dropped: what is to be corrected in it, or what it would do; then how it ended. */
export function registerCard(found: RegisterImport, plan: Plan, wanted: number, notice = ''): Card {
  const { id, fileName, state } = found;
  const problems = [...found.problems, ...(state === 'waiting' ? plan.problems : [])];
  const refused = problems.length > 0;
  const lines = refused ? problems.map(problemLine) : state === 'waiting' ? plan.notes : [];
  const page = pageOf(lines, wanted, LINES);
  const { added, completed } = countsOf(plan);
  const heading =
    state !== 'waiting'
      ? ENDED[state]
      : refused
        ? `${count(problems.length, 'problème')} à corriger`
        : `${count(plan.rows.length, 'organisme')} au fichier`;
  const open = state === 'waiting';
  return {
    template: 'people/register',
    summary: `${fileName} : ${heading}`,
    view: {
      import: id,
      mark: plan.mark,
      heading,
      fileName: escapeMarkdown(fileName),
      notice: escapeMarkdown(notice),
      hasNotice: notice !== '',
      refused: open && refused,
      effects: open && !refused ? effectLines(plan).map((text) => ({ text: `• ${text}` })) : [],
      noted: page.items.length > 0,
      notedTitle: refused ? 'À corriger dans le fichier' : 'À regarder avant de confirmer',
      lines: page.items.map((text) => ({ text: `• ${escapeMarkdown(text)}` })),
      confirmable: open && !refused && added + completed > 0,
      nothing: open && !refused && added + completed === 0,
      open,
      ...pagingRow(page, 'lignes'),
    },
  };
}

/** How a register of bodies is imported. */
export const registerHelpCard = (): Card => ({
  template: 'people/register-help',
  summary: 'Pour importer le registre des organismes, déposez ici un fichier .xlsx ou .csv.',
  view: {
    columns: Object.values(COLUMNS)
      .map(({ title }) => `**${title}**`)
      .join(', '),
  },
});
