import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import { inWords } from '../../approving/rules/whom.ts';
import { GROUPS } from '../../rules/audience.ts';
import { concernedText, type SupplierNames } from '../../screens/message-card.ts';
import type { Broadcast } from '../../store/records.ts';

/** What is chosen of long lists, by its names. */
interface ChosenNames {
  readonly organizations: readonly string[];
  readonly lists: readonly string[];
  readonly suppliers: SupplierNames;
}

/** Whom a notice is for, and what it is about. */
export function audienceCard(
  broadcast: Broadcast,
  { organizations, lists, suppliers }: ChosenNames,
  /** Whether groups of Entra can be chosen. */
  directory: boolean,
  notice = '',
): Card {
  const { audience } = broadcast;
  const concerned = concernedText(broadcast, suppliers);
  const chosen = (names: readonly string[], none: string): string =>
    escapeMarkdown(names.length === 0 ? none : inWords(names));
  return {
    template: 'broadcasts/audience',
    summary: `Choisir les destinataires de « ${broadcast.title} ».`,
    view: {
      ...noticeView(notice),
      broadcast: broadcast.id,
      revision: broadcast.revision,
      title: escapeMarkdown(broadcast.title),
      subscribers:
        concerned === '' ? 'Les abonnés au catalogue, tous' : 'Les abonnés à tout, ou à ce qui est concerné',
      acquisitions:
        concerned === ''
          ? 'Les personnes qui ont un dossier d’acquisition ouvert'
          : 'Les personnes dont un dossier d’acquisition ouvert est concerné',
      contracts:
        concerned === ''
          ? 'Les personnes qui suivent un contrat en cours'
          : 'Les personnes qui suivent un contrat en cours concerné',
      groups: GROUPS.filter((group) => audience[group]).join(','),
      organizations: chosen(organizations, 'Aucune organisation en particulier'),
      listable: directory || lists.length > 0,
      lists: chosen(lists, 'Aucune liste'),
      listsTitle: directory ? 'Choisir des groupes' : 'Voir les listes',
      concerned: escapeMarkdown(concerned === '' ? 'Rien en particulier' : concerned),
    },
  };
}
