import type { Card } from '../../../core/card.ts';
import { frenchDate, frenchDateTime } from '../../../core/clock.ts';
import { pageAt, pagingRow } from '../../../core/paging.ts';
import type { DeliveryRow, Reach } from '../../../core/ports/delivery.ts';
import { count, escapeMarkdown, shorten, uncapital } from '../../../core/text.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../catalogue/index.ts';

import type { Words } from '../approving/rules/approval.ts';
import { chosenText, inWords } from '../approving/rules/whom.ts';
import { limitedMarkdown, pictureOf, plainText } from '../drafting/rules/content.ts';
import { GROUPS } from '../rules/audience.ts';
import type { Departs } from '../sending/rules/departure.ts';
import type { Broadcast } from '../store/records.ts';
import type { Template } from '../templates/store/templates.ts';
import { lasting, REASONS, STATE_NAMES } from '../texts.ts';

export const PAGE = 6;

/** Names of suppliers by id, those of the catalogue in force. */
export type SupplierNames = ReadonlyMap<string, string>;
export interface Place {
  readonly timeZone: string;
  readonly now: Date;
}

const concernedText = (
  { categories, suppliers }: Pick<Broadcast, 'categories' | 'suppliers'>,
  names: SupplierNames,
): string =>
  [
    ...categories.map((id) => CATEGORY_NAMES[id as Category] ?? id),
    ...suppliers.map((id) => names.get(id) ?? id),
  ].join(', ');

/** How a notice is shown: to try it out, to somebody who read it, where many read it. */
interface Shown {
  readonly trial?: boolean;
  readonly acknowledged?: string;
  readonly inRoom?: boolean;
}

/** Its date and who signs it: the author; the team where many read it, or where the author is not named any more. */
function signatureOf(
  { sendAt, updatedAt, authorId, authorName }: Broadcast,
  timeZone: string,
  inRoom: boolean,
) {
  const day = (sendAt ?? updatedAt).toTemporalInstant().toZonedDateTimeISO(timeZone).toPlainDate();
  const who = inRoom || authorId === '' ? 'L’équipe du Courtier' : `${authorName}, pour le Courtier`;
  return `${frenchDate(day)} · ${who}`;
}

/** The notice itself, as its recipients see it. */
export function messageCard(
  broadcast: Broadcast,
  names: SupplierNames,
  timeZone: string,
  { trial = false, acknowledged = '', inRoom = false }: Shown = {},
): Card {
  return {
    template: 'broadcasts/message',
    summary: `${broadcast.urgent ? 'Important. ' : ''}${broadcast.title}. ${shorten(plainText(broadcast.text), 600)}`,
    view: {
      ...wordsView(broadcast, names),
      broadcast: broadcast.id,
      trial,
      acknowledgeable: broadcast.acknowledge && !trial && acknowledged === '',
      acknowledged,
      wasAcknowledged: acknowledged !== '',
      signature: escapeMarkdown(signatureOf(broadcast, timeZone, inRoom)),
      corrected: broadcast.state === 'released' && broadcast.edition > 1,
    },
  };
}

/** What a notice says, wherever it is drawn: before it leaves, to whoever receives it, as a template. */
export const wordsView = (
  broadcast: Words & Pick<Broadcast, 'urgent' | 'categories' | 'suppliers'>,
  names: SupplierNames,
) => ({
  title: escapeMarkdown(broadcast.title),
  text: limitedMarkdown(broadcast.text),
  urgent: broadcast.urgent,
  linked: broadcast.link !== '',
  link: broadcast.link || 'https://www.quebec.ca',
  linkTitle: broadcast.linkTitle,
  pictured: broadcast.image !== '',
  picture: pictureOf(broadcast.image),
  pictureAlt: broadcast.imageAlt,
  concerns: broadcast.categories.length + broadcast.suppliers.length > 0,
  concerned: escapeMarkdown(concernedText(broadcast, names)),
});

/** Where a broadcast stands, in a few words. */
export function standing(broadcast: Broadcast, { timeZone, now }: Place): string {
  switch (broadcast.state) {
    case 'draft':
      return 'Brouillon';
    case 'awaiting':
      return 'À approuver';
    case 'cancelled':
      return broadcast.sendAt ? 'Envoi arrêté' : 'Abandonné';
    case 'withdrawn':
      return 'Retiré';
    case 'released':
      return broadcast.sendAt && broadcast.sendAt > now
        ? `Prévu le ${frenchDateTime(broadcast.sendAt, timeZone)}`
        : `Envoyé le ${frenchDateTime(broadcast.sendAt ?? broadcast.updatedAt, timeZone)}`;
  }
}

export function listCard(
  rows: readonly Broadcast[],
  total: number,
  page: number,
  place: Place,
  installable: boolean,
): Card {
  return {
    template: 'broadcasts/list',
    summary: `Avis du Courtier : ${total}.`,
    view: {
      empty: total === 0,
      installable,
      broadcasts: rows.map((row) => ({
        broadcast: row.id,
        label: row.title,
        title: escapeMarkdown(row.title),
        facts: `Nº ${row.number} · ${standing(row, place)} · ${escapeMarkdown(row.authorName)}`,
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'avis'),
    },
  };
}

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
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
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
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
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

export interface Preview {
  readonly broadcast: Broadcast;
  readonly names: SupplierNames;
  readonly reach: Reach;
  /** Seconds that the sending takes. */
  readonly seconds: number;
  readonly place: Place;
  /** When it would go. */
  readonly departs: Departs;
  /** Whom it is for, in words. */
  readonly audience: string;
  readonly notice?: string;
}

/** « 3 joignables. », « 1 joignable, 2 non joignables. » */
export const reachText = (reachable: number, missing: number): string =>
  `${count(reachable, 'joignable')}${missing > 0 ? `, ${count(missing, 'non joignable', 'non joignables')}` : ''}.`;

export const whomText = ({ people, conversations }: Reach): string =>
  [
    ...(people > 0 ? [count(people, 'personne')] : []),
    ...(conversations > 0 ? [count(conversations, 'canal', 'canaux')] : []),
  ].join(' et ') || 'personne';

/** A moment as the inputs of a form hold it. */
export function fieldsOf(at: Date | undefined, timeZone: string): { date: string; time: string } {
  const local = at?.toTemporalInstant().toZonedDateTimeISO(timeZone);
  return {
    date: local?.toPlainDate().toString() ?? '',
    time: local?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '',
  };
}

/** « Le 3 décembre 2026 à 9 h 00 (durée de l’envoi : environ 3 minutes). », or « Tout de suite ». */
export function whenText({ departs, seconds, place, broadcast }: Omit<Preview, 'names' | 'reach'>): string {
  const { scheduledAt, urgent } = broadcast;
  const lasts = `(durée de l’envoi : environ ${lasting(seconds)})`;
  if (departs === 'now') return `Tout de suite ${lasts}.`;
  const at = new Date(departs);
  const moved = !urgent && at.getTime() !== scheduledAt?.getTime();
  const why = moved ? ' Un avis normal part un jour ouvrable, de 8 h à 18 h.' : '';
  return `Le ${frenchDateTime(at, place.timeZone)} ${lasts}.${why}`;
}

/** What is going to be sent, to whom, when: before anything is. */
export function previewCard(preview: Preview): Card {
  const { broadcast, names, reach, departs, place, notice = '' } = preview;
  const missing = reach.people + reach.conversations - reach.reachable;
  const awaiting = broadcast.state === 'awaiting';
  const past = broadcast.scheduledAt !== null && broadcast.scheduledAt <= place.now;
  return {
    template: 'broadcasts/preview',
    summary: `« ${broadcast.title} », pour ${whomText(reach)}.`,
    view: {
      ...wordsView(broadcast, names),
      heading: awaiting ? 'Avis à approuver' : 'Avant d’envoyer',
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
      broadcast: broadcast.id,
      revision: broadcast.revision,
      draft: broadcast.state === 'draft',
      awaiting,
      author: awaiting ? escapeMarkdown(`Rédigé par ${broadcast.authorName}.`) : '',
      audience: escapeMarkdown(chosenText(preview.audience)),
      whom: `Pour ${whomText(reach)}.`,
      reachable: reachText(reach.reachable, missing),
      hasMissing: missing > 0,
      missing: missing === 1 ? 'Voir le destinataire non joignable' : `Voir les ${missing} non joignables`,
      when: awaiting
        ? `${past ? 'L’heure demandée est passée. ' : ''}Départ : ${uncapital(whenText(preview))}`
        : '',
      acknowledgement: broadcast.acknowledge,
      ...fieldsOf(broadcast.scheduledAt ?? undefined, place.timeZone),
      departs,
      question: `L’approuver pour ${whomText(reach)} ? Un message envoyé peut être corrigé ou retiré, mais il aura été vu.`,
      approve: departs === 'now' ? 'Approuver et envoyer' : 'Approuver et programmer',
    },
  };
}

/** A recipient, named as far as it is known. */
export interface NamedRow {
  readonly row: DeliveryRow;
  readonly name: string;
}

export function recipientsCard(
  broadcast: Broadcast,
  rows: readonly NamedRow[],
  total: number,
  page: number,
  {
    before,
    installs,
    installable,
  }: { readonly before: boolean; readonly installs: string; readonly installable: boolean },
): Card {
  const heading = before ? 'Qui ne peut pas être joint' : 'Qui n’a pas reçu l’avis';
  return {
    template: 'broadcasts/recipients',
    summary: `${heading} : ${total}.`,
    view: {
      heading,
      notice: installs,
      noticed: installs !== '',
      title: escapeMarkdown(broadcast.title),
      broadcast: broadcast.id,
      after: !before,
      installable,
      page,
      empty: total === 0,
      rows: rows.map(({ row, name }) => ({
        name: escapeMarkdown(name),
        state: before ? '' : STATE_NAMES[row.state],
        reason: row.reason ? `${REASONS[row.reason]}.` : '',
      })),
      advice: !installable && rows.some(({ row }) => row.reason === 'notInstalled'),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'destinataires'),
    },
  };
}

/** Beside a list of those who did not receive it: sending again, in two kinds. */
export const resendCard = (broadcast: Broadcast, failed: number, unknown: number): Card => ({
  template: 'broadcasts/resend',
  summary: `Renvoyer « ${broadcast.title} ».`,
  view: {
    title: escapeMarkdown(broadcast.title),
    broadcast: broadcast.id,
    hasFailed: failed > 0,
    failed: `${count(failed, 'destinataire')} sans message. Ceux que Teams ne peut pas joindre le resteront.`,
    hasUnknown: unknown > 0,
    unknown: `${count(unknown, 'destinataire incertain', 'destinataires incertains')} : Teams n’a pas confirmé la réception. Certains pourraient recevoir l’avis deux fois.`,
    none: failed + unknown === 0,
  },
});

export const exportCard = (url: string): Card => ({
  template: 'broadcasts/export',
  summary: 'Les résultats de l’envoi sont prêts.',
  view: { url },
});

/** In place of a notice that was withdrawn, where it cannot be deleted. */
export const withdrawnCard = (): Card => ({
  template: 'broadcasts/withdrawn',
  summary: 'Cet avis du Courtier a été retiré.',
  view: {},
});

/** Something that the connector refuses, told to the staff: no retry helps. */
export const refusedCard = (kind: string): Card => ({
  template: 'broadcasts/refused',
  summary: 'Teams refuse des messages de Courtier.',
  view: { kind },
});
