import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { CATEGORIES, CATEGORY_NAMES } from '../../../catalogue/index.ts';
import type { Words } from '../../approving/rules/approval.ts';
import type { Broadcast } from '../../store/records.ts';
import type { Template } from '../../templates/store/templates.ts';

/** The form for the words; `correcting` what was sent changes the words only. */
export function composeCard(broadcast: Broadcast | undefined, notice = ''): Card {
  if (!broadcast) return formCard('Nouvel avis', undefined, notice, 'fresh');
  return broadcast.state === 'released'
    ? formCard('Corriger l’avis', broadcast, notice, 'correcting')
    : formCard('Modifier l’avis', broadcast, notice, 'exists');
}

/** The form of a new notice, filled with the words of another: nothing of the other changes. */
export const copyCard = (broadcast: Broadcast): Card =>
  formCard(
    'Nouvel avis',
    broadcast,
    `Copie de l’avis nº ${broadcast.number}, qui reste tel qu’il est. Les destinataires sont repris aussi.`,
    'copied',
  );

/** The form of a new notice, filled with the words of a template. */
export const fromTemplateCard = ({ id, name, content }: Template): Card =>
  formCard('Nouvel avis', { ...content, id }, `Modèle « ${name} », qui reste tel qu’il est.`, 'templated');

/** The form of a new notice for the people of a list. */
export const forListCard = (list: { readonly id: string; readonly name: string }): Card => {
  const { template, summary, view } = formCard(
    'Nouvel avis',
    undefined,
    `Pour les personnes de « ${list.name} ».`,
    'listed',
  );
  return { template, summary, view: { ...view, broadcast: list.id } };
};

/** What fills the form: a notice, or a template under its own id. */
type Filling = Words &
  Pick<Broadcast, 'id' | 'urgent' | 'acknowledge' | 'categories'> & {
    readonly revision?: number;
  };

function formCard(
  heading: string,
  broadcast: Filling | undefined,
  notice: string,
  kind: 'fresh' | 'exists' | 'correcting' | 'copied' | 'templated' | 'listed',
): Card {
  const correcting = kind === 'correcting';
  return {
    template: 'broadcasts/compose',
    summary: heading,
    view: {
      heading,
      ...noticeView(notice),
      exists: kind === 'exists',
      fresh: kind === 'fresh',
      copied: kind === 'copied',
      templated: kind === 'templated',
      listed: kind === 'listed',
      correcting,
      settable: !correcting,
      broadcast: broadcast?.id ?? '',
      revision: broadcast?.revision ?? 1,
      title: broadcast?.title ?? '',
      text: broadcast?.text ?? '',
      link: broadcast?.link ?? '',
      linkTitle: broadcast?.link ? broadcast.linkTitle : '',
      image: broadcast?.image ?? '',
      imageAlt: broadcast?.imageAlt ?? '',
      importance: broadcast?.urgent ? 'urgent' : 'normal',
      acknowledge: String(broadcast?.acknowledge ?? false),
      categories: broadcast?.categories.join(',') ?? '',
      categoryChoices: CATEGORIES.map((value) => ({ title: CATEGORY_NAMES[value], value })),
    },
  };
}
