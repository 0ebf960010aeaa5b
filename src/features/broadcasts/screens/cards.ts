import type { Card } from '../../../core/card.ts';
import { frenchDateTime } from '../../../core/clock.ts';
import { pageAt, pagingRow } from '../../../core/paging.ts';
import type { DeliveryCounts, DeliveryRow, Reach } from '../../../core/ports.ts';
import { count, escapeMarkdown, shorten } from '../../../core/text.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../catalogue/index.ts';

import { limitedMarkdown } from '../drafting/rules/content.ts';
import type { Broadcast } from '../store/records.ts';
import { lasting, REASONS, STATE_NAMES } from '../texts.ts';

export const PAGE = 6;

/** Names of suppliers by id, those of the catalogue in force. */
export type SupplierNames = ReadonlyMap<string, string>;
export interface Place {
  readonly timeZone: string;
  readonly now: Date;
}

const concernedText = ({ categories, suppliers }: Broadcast, names: SupplierNames): string =>
  [
    ...categories.map((id) => CATEGORY_NAMES[id as Category] ?? id),
    ...suppliers.map((id) => names.get(id) ?? id),
  ].join(', ');

/** The notice itself, as its recipients see it. */
export function messageCard(
  broadcast: Broadcast,
  names: SupplierNames,
  { trial = false, acknowledged = '' }: { readonly trial?: boolean; readonly acknowledged?: string } = {},
): Card {
  return {
    template: 'broadcasts/message',
    summary: `${broadcast.urgent ? 'Important. ' : ''}${broadcast.title}. ${shorten(broadcast.text, 600)}`,
    view: {
      ...wordsOf(broadcast, names),
      broadcast: broadcast.id,
      trial,
      acknowledgeable: broadcast.acknowledge && !trial && acknowledged === '',
      acknowledged,
      wasAcknowledged: acknowledged !== '',
      corrected: broadcast.state === 'released' && broadcast.edition > 1,
    },
  };
}

const wordsOf = (broadcast: Broadcast, names: SupplierNames) => ({
  title: escapeMarkdown(broadcast.title),
  text: limitedMarkdown(broadcast.text),
  urgent: broadcast.urgent,
  linked: broadcast.link !== '',
  link: broadcast.link || 'https://www.quebec.ca',
  linkTitle: broadcast.linkTitle,
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
export function composeCard(broadcast: Broadcast | undefined, names: SupplierNames, notice = ''): Card {
  const correcting = broadcast?.state === 'released';
  const heading = correcting ? 'Corriger l’avis' : broadcast ? 'Modifier l’avis' : 'Nouvel avis';
  return {
    template: 'broadcasts/compose',
    summary: heading,
    view: {
      heading,
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
      exists: broadcast !== undefined && !correcting,
      fresh: broadcast === undefined,
      correcting,
      settable: !correcting,
      broadcast: broadcast?.id ?? '',
      revision: broadcast?.revision ?? 1,
      title: broadcast?.title ?? '',
      text: broadcast?.text ?? '',
      link: broadcast?.link ?? '',
      linkTitle: broadcast?.link ? broadcast.linkTitle : '',
      importance: broadcast?.urgent ? 'urgent' : 'normal',
      acknowledge: String(broadcast?.acknowledge ?? false),
      categories: broadcast?.categories.join(',') ?? '',
      suppliers: broadcast?.suppliers.join(',') ?? '',
      categoryChoices: CATEGORIES.map((value) => ({ title: CATEGORY_NAMES[value], value })),
      supplierChoices: [...names].map(([value, title]) => ({ title, value })),
    },
  };
}

/** The bodies whose members can be chosen: a list, or their names, a line each, where a list would be too long. */
export type Bodies =
  | { readonly kind: 'list'; readonly bodies: readonly { readonly id: string; readonly name: string }[] }
  | { readonly kind: 'names'; readonly written: string };

/** Whom a notice is for; what was typed and refused comes back as it was. */
export function audienceCard(
  broadcast: Broadcast,
  organizations: Bodies,
  names: SupplierNames,
  notice = '',
  { audience }: Pick<Broadcast, 'audience'> = broadcast,
): Card {
  const concerned = concernedText(broadcast, names);
  return {
    template: 'broadcasts/audience',
    summary: `Choisir les destinataires de « ${broadcast.title} ».`,
    view: {
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
      broadcast: broadcast.id,
      revision: broadcast.revision,
      title: escapeMarkdown(broadcast.title),
      concerns:
        concerned === ''
          ? 'Cet avis ne concerne rien en particulier.'
          : escapeMarkdown(`Concerne : ${concerned}.`),
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
      groups: (['subscribers', 'channels', 'acquisitions', 'contracts'] as const)
        .filter((group) => audience[group])
        .join(','),
      organizations: audience.organizations.join(','),
      hasOrganizations: organizations.kind === 'list' && organizations.bodies.length > 0,
      organizationChoices:
        organizations.kind === 'list'
          ? organizations.bodies.map(({ id, name }) => ({ title: name, value: id }))
          : [],
      writesOrganizations: organizations.kind === 'names',
      bodies: organizations.kind === 'names' ? organizations.written : '',
    },
  };
}

export interface Preview {
  readonly broadcast: Broadcast;
  readonly names: SupplierNames;
  readonly reach: Reach;
  /** When it would go. */
  readonly departure: Date;
  /** Seconds that the sending takes. */
  readonly seconds: number;
  readonly place: Place;
  readonly approval: boolean;
  /** Whom it is for, in words. */
  readonly audience: string;
  readonly notice?: string;
}

const whomText = ({ people, conversations }: Reach): string =>
  [
    ...(people > 0 ? [count(people, 'personne')] : []),
    ...(conversations > 0 ? [count(conversations, 'canal', 'canaux')] : []),
  ].join(' et ') || 'personne';

function whenText({ departure, seconds, place, broadcast }: Preview): string {
  const waits = departure.getTime() - place.now.getTime() > 60_000;
  const start = waits
    ? `Partira le ${frenchDateTime(departure, place.timeZone)}.`
    : 'Partira dès que vous confirmez.';
  const why =
    waits && !broadcast.scheduledAt
      ? ' Hors des heures ouvrables (8 h à 18 h), seul un avis important part tout de suite.'
      : '';
  return `${start}${why} Durée de l’envoi : environ ${lasting(seconds)}.`;
}

/** What is going to be sent, to whom, when: before anything is. */
export function previewCard(preview: Preview): Card {
  const { broadcast, names, reach, approval, notice = '' } = preview;
  const missing = reach.people + reach.conversations - reach.reachable;
  const local = broadcast.scheduledAt
    ? Temporal.Instant.fromEpochMilliseconds(broadcast.scheduledAt.getTime()).toZonedDateTimeISO(
        preview.place.timeZone,
      )
    : undefined;
  const awaiting = broadcast.state === 'awaiting';
  return {
    template: 'broadcasts/preview',
    summary: `« ${broadcast.title} », pour ${whomText(reach)}.`,
    view: {
      ...wordsOf(broadcast, names),
      heading: awaiting ? 'Avis à approuver' : 'Avant d’envoyer',
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
      broadcast: broadcast.id,
      revision: broadcast.revision,
      draft: broadcast.state === 'draft',
      awaiting,
      author: awaiting ? escapeMarkdown(`Rédigé par ${broadcast.authorName}.`) : '',
      audience: escapeMarkdown(preview.audience),
      whom: `Pour ${whomText(reach)}.`,
      reachable: `${count(reach.reachable, 'joignable')}, ${count(missing, 'non joignable', 'non joignables')}.`,
      hasMissing: missing > 0,
      missing: `Voir les ${missing} non joignables`,
      when: whenText(preview),
      acknowledgement: broadcast.acknowledge,
      date: local ? local.toPlainDate().toString() : '',
      time: local ? local.toPlainTime().toString({ smallestUnit: 'minute' }) : '',
      sendable: broadcast.state === 'draft' && reach.reachable > 0,
      send: approval ? 'Demander l’approbation' : 'Envoyer',
      question: approval
        ? 'Une autre personne de l’équipe devra l’approuver avant l’envoi.'
        : `Envoyer à ${whomText(reach)} ? Un message envoyé peut être corrigé ou retiré, mais il aura été vu.`,
      confirm: approval ? 'Confirmer la demande' : 'Confirmer l’envoi',
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

export interface Progress {
  readonly broadcast: Broadcast;
  readonly counts: DeliveryCounts;
  /** Of the last correction or withdrawal; absent when there is none. */
  readonly correction: DeliveryCounts | undefined;
  readonly acknowledged: number;
  /** Seconds until the last one, at the configured rate. */
  readonly seconds: number;
  readonly place: Place;
  /** Whether a correction waits for an approval. */
  readonly corrects: boolean;
  readonly notice?: string;
}

/** How far a sending is; the same card when it has ended. */
export function progressCard({
  broadcast,
  counts,
  correction,
  acknowledged,
  seconds,
  place,
  corrects,
  notice = '',
}: Progress): Card {
  const left = counts.pending + counts.sending;
  const total = left + counts.sent + counts.unreachable + counts.unknown + counts.dead + counts.cancelled;
  const failed = counts.unreachable + counts.dead;
  const done = total - left;
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const sendAt = broadcast.sendAt ?? place.now;
  const waits = broadcast.state === 'released' && sendAt > place.now;
  const running = broadcast.state === 'released' && left > 0 && !waits;
  const correcting = correction ? correction.pending + correction.sending : 0;
  const corrected = correction && correction.sent + correcting > 0;
  const what = broadcast.state === 'withdrawn' ? 'retirés' : 'corrigés';
  return {
    template: 'broadcasts/progress',
    summary: `« ${broadcast.title} » : ${counts.sent} envoyés, ${left} en attente, ${failed} échecs, ${counts.unknown} incertains.`,
    view: {
      heading: escapeMarkdown(broadcast.title),
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
      standing: `Nº ${broadcast.number} · ${standing(broadcast, place)}`,
      progress: running
        ? `${done.toLocaleString('fr-CA')} sur ${total.toLocaleString('fr-CA')}, encore environ ${lasting(seconds)}.`
        : `${done.toLocaleString('fr-CA')} sur ${total.toLocaleString('fr-CA')}.`,
      started: percent > 0,
      unfinished: percent < 100,
      done: Math.max(1, percent),
      rest: Math.max(1, 100 - percent),
      lines: [
        { name: 'Envoyés', value: counts.sent.toLocaleString('fr-CA') },
        { name: 'En attente', value: left.toLocaleString('fr-CA') },
        { name: 'Non joints', value: failed.toLocaleString('fr-CA') },
        { name: 'Incertains', value: counts.unknown.toLocaleString('fr-CA') },
        ...(counts.cancelled > 0
          ? [{ name: 'Annulés', value: counts.cancelled.toLocaleString('fr-CA') }]
          : []),
        ...(broadcast.acknowledge
          ? [{ name: 'Ont pris connaissance', value: acknowledged.toLocaleString('fr-CA') }]
          : []),
      ],
      corrects,
      hasCorrection: corrected === true,
      correction: correction ? `${correction.sent} messages ${what}, ${correcting} à faire.` : '',
      updated: `À jour le ${frenchDateTime(place.now, place.timeZone)}.`,
      broadcast: broadcast.id,
      revision: broadcast.revision,
      cancellable: broadcast.state === 'released' && left > 0,
      cancel: `Arrêter l’envoi ? ${count(left, 'destinataire')} ne recevront rien. Ce qui est parti reste.`,
      correctable: broadcast.state === 'released',
      withdrawable: ['released', 'cancelled'].includes(broadcast.state) && counts.sent > 0,
      withdraw: `Retirer l’avis ? ${count(counts.sent, 'message')} seront effacés de Teams. Cela ne peut pas être défait.`,
      failures: failed + counts.unknown > 0,
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
