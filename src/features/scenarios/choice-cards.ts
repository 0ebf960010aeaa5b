import type { Card } from '../../core/card.ts';
import { frenchDay } from '../../core/clock.ts';
import { pageOf, pagingRow } from '../../core/paging.ts';
import { count, escapeMarkdown } from '../../core/text.ts';
import { type FileComparison, needsAuthorization, type SealRow } from './service.ts';
import { money, requestText } from './wording.ts';

const PAGE = 5;

export function choiceCard({ file, choice, authorization, rcti }: FileComparison, notice = ''): Card {
  const needed = choice !== undefined && needsAuthorization(choice, rcti);
  return {
    template: 'scenarios/choice',
    summary: choice ? `Choix : ${choice.name}.` : 'Aucun choix encore.',
    view: {
      file: file.id,
      name: escapeMarkdown(file.name),
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
      chosen: choice !== undefined,
      unchosen: choice === undefined,
      supplier: choice ? escapeMarkdown(choice.name) : '',
      price: choice ? money(choice.priceCents) : '',
      on: choice ? `Choisi le ${frenchDay(choice.on)}, comparaison scellée.` : '',
      rule: !choice
        ? ''
        : choice.lowest
          ? 'C’est le prix le plus bas : aucune autorisation du dirigeant n’est nécessaire.'
          : needed
            ? `Ce choix coûte ${money(choice.gapCents)} de plus que le plus bas. Votre organisation est soumise au RCTI : le dirigeant doit l’autoriser avant la signature, et avant la rencontre de démarrage.`
            : `Ce choix coûte ${money(choice.gapCents)} de plus que le plus bas. Votre organisation n’est pas soumise au RCTI : l’autorisation de l’article 48 ne s’applique pas.`,
      needed: needed && !authorization,
      authorized: authorization !== undefined && needed,
      authorization: authorization
        ? `Autorisé le ${frenchDay(authorization.date)}, référence ${escapeMarkdown(authorization.reference)}.`
        : '',
      justifiable: needed,
      ready: choice !== undefined && (!needed || authorization !== undefined),
      open: file.state === 'open',
    },
  };
}

export function sealsCard(
  { file }: FileComparison,
  seals: readonly SealRow[],
  wanted: number,
  notice = '',
): Card {
  const page = pageOf(seals, wanted, PAGE);
  return {
    template: 'scenarios/seals',
    summary: `${count(seals.length, 'comparaison scellée', 'comparaisons scellées')}.`,
    view: {
      file: file.id,
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
      empty: seals.length === 0,
      seals: page.items.map(({ id, hash, record }) => ({
        file: file.id,
        seal: id,
        date: `Calculée le ${frenchDay(record.asOf)}`,
        request: requestText(record.request),
        hash: `Empreinte ${hash.slice(0, 16)}…`,
      })),
      ...pagingRow(page, 'comparaisons'),
    },
  };
}

export const linkCard = (url: string, what: string, button: string): Card => ({
  template: 'scenarios/link',
  summary: `${what} est prêt à télécharger.`,
  view: { url, what, button },
});
