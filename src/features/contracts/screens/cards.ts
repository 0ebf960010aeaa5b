import type { Card } from '../../../core/card.ts';
import { frenchDate, frenchDay } from '../../../core/clock.ts';
import { dueText, originLine, pastText } from '../../../core/due.ts';
import { guideSource } from '../../../core/guide/index.ts';
import { frenchMoney } from '../../../core/money.ts';
import { pageAt, pageOf, pagingRow } from '../../../core/paging.ts';
import { count, escapeMarkdown, shorten } from '../../../core/text.ts';
import { AMENDMENT_KINDS, AMENDMENT_NAMES } from '../amending/rules.ts';
import type { Amendment } from '../amending/store.ts';
import { COMMENT_KINDS, COMMENT_NAMES, isComplaint } from '../commenting/rules.ts';
import type { Comment } from '../commenting/store.ts';
import { type Duty, type DutyState, quarterText, stateOf } from '../duties/rules/duties.ts';
import { retentionOf } from '../duties/rules/retention.ts';
import type { QuarterFee } from '../invoicing/rules.ts';
import type { Invoice } from '../invoicing/store.ts';
import { latestEnd } from '../recording/rules/term.ts';
import type { Contracts } from '../recording/store/contracts.ts';
import type { Followed } from '../recording/store/records.ts';
import type { Contract } from '../tables.ts';
import { detailOf, fieldsOf } from '../texts.ts';

export const PAGE = 6;
const MOST_DONE = 4;

const noticed = (notice: string) => ({ notice: escapeMarkdown(notice), noticed: notice !== '' });
const head = (contract: Contract) => ({
  contract: contract.id,
  name: escapeMarkdown(contract.title),
  number: `Contrat nº ${contract.number} · ${escapeMarkdown(contract.supplierName)}`,
});

export type SupplierChoices = readonly { readonly title: string; readonly value: string }[];

const STATES: Record<DutyState, string> = {
  done: 'Fait',
  late: 'En retard',
  passed: 'Repère passé',
  soon: 'Bientôt',
  coming: 'À venir',
};
const URGENCY: Record<DutyState, number> = { late: 0, soon: 1, passed: 2, coming: 3, done: 4 };

interface Standing {
  readonly duty: Duty;
  readonly state: DutyState;
  readonly doneOn: string | undefined;
}

function standingOf(
  { duties, done }: Followed,
  { rules, today }: Pick<Contracts, 'rules' | 'today'>,
): Standing[] {
  return duties
    .map((duty) => ({
      duty,
      state: stateOf(duty, done.has(duty.id), today(), rules),
      doneOn: done.get(duty.id)?.doneOn,
    }))
    .sort(
      (a, b) =>
        URGENCY[a.state] - URGENCY[b.state] || Temporal.PlainDate.compare(a.duty.due.on, b.duty.due.on),
    );
}

export function listCard(
  rows: readonly Followed[],
  total: number,
  page: number,
  contracts: Pick<Contracts, 'rules' | 'today'>,
  notice = '',
): Card {
  return {
    template: 'contracts/list',
    summary: `${count(total, 'contrat')}.`,
    view: {
      ...noticed(notice),
      empty: total === 0,
      contracts: rows.map((followed) => {
        const late = standingOf(followed, contracts).filter(({ state }) => state === 'late').length;
        return {
          ...head(followed.contract),
          term: `Jusqu’au ${frenchDay(followed.contract.endsOn)}`,
          late: late > 0 ? `${count(late, 'obligation')} en retard` : '',
          hasLate: late > 0,
        };
      }),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'contrats'),
    },
  };
}

/** A contract: its facts, its duties by urgency, what can be done of it. */
export function contractCard(
  followed: Followed,
  wanted: number,
  contracts: Pick<Contracts, 'rules' | 'today'>,
  { follows, consented }: { readonly follows: boolean; readonly consented: boolean },
  notice = '',
): Card {
  const { contract } = followed;
  const standing = standingOf(followed, contracts);
  const open = standing.filter(({ state }) => state !== 'done');
  const done = standing.filter(({ state }) => state === 'done');
  const page = pageOf(open, wanted, PAGE);
  const late = open.filter(({ state }) => state === 'late').length;
  return {
    template: 'contracts/contract',
    summary: `${contract.title} : ${late > 0 ? `${count(late, 'obligation')} en retard` : 'rien en retard'}.`,
    view: {
      ...head(contract),
      ...noticed(notice),
      revision: contract.revision,
      facts: [
        { title: 'Offres', value: escapeMarkdown(contract.offers) },
        { title: 'Signé', value: frenchDay(contract.signedOn) },
        { title: 'Dure', value: `du ${frenchDay(contract.startsOn)} au ${frenchDay(contract.endsOn)}` },
        { title: 'Montant', value: frenchMoney(contract.amountCents) },
        { title: 'RCTI', value: contract.rcti ? 'S’applique' : 'Ne s’applique pas' },
      ],
      duties: page.items.map(({ duty, state }) => ({
        contract: contract.id,
        duty: duty.id,
        title: duty.title,
        state: STATES[state],
        color: state === 'late' ? 'Attention' : state === 'soon' ? 'Warning' : 'Default',
        due: `${dueText(duty.due)}${duty.due.source === 'guide' ? ` · ${guideSource(duty.due.section)}` : ''}`,
      })),
      none: open.length === 0,
      done: done.slice(-MOST_DONE).map(({ duty, doneOn }) => ({
        contract: contract.id,
        duty: duty.id,
        text: `${duty.title} : le ${frenchDay(doneOn ?? contract.signedOn)}`,
      })),
      hasDone: done.length > 0,
      doneTitle: `Fait (${done.length})`,
      follows,
      unfollowed: !follows,
      consented,
      unconsented: !consented,
      ...pagingRow(page, 'obligations'),
    },
  };
}

/** One duty: what it is, what helps to do it, and « c'est fait ». */
export function dutyCard(
  followed: Followed,
  duty: Duty,
  contracts: Pick<Contracts, 'rules' | 'today'>,
  notice = '',
): Card {
  const { contract, done } = followed;
  const row = done.get(duty.id);
  const state = stateOf(duty, row !== undefined, contracts.today(), contracts.rules);
  return {
    template: 'contracts/duty',
    summary: `${notice}${notice === '' ? '' : ' '}${duty.title} : ${STATES[state].toLowerCase()}.`,
    view: {
      ...head(contract),
      ...noticed(notice),
      duty: duty.id,
      title: duty.title,
      when: row
        ? `Fait le ${frenchDay(row.doneOn)} par ${escapeMarkdown(row.by)}.`
        : state === 'late' || state === 'passed'
          ? pastText(duty.due)
          : `${STATES[state]} · ${dueText(duty.due)}`,
      paragraphs: detailOf(duty, contract, contracts.rules).map((text) => ({ text })),
      fields: fieldsOf(duty),
      publication: duty.kind === 'publication',
      fees: duty.kind === 'fees',
      section: originLine(duty.asked, duty.due),
      today: contracts.today().toString(),
      question: duty.kind === 'final' ? 'Date de signature par le dirigeant' : 'Fait le',
      open: row === undefined,
      closed: row !== undefined,
    },
  };
}

export const newCard = (suppliers: SupplierChoices, today: Temporal.PlainDate): Card => ({
  template: 'contracts/new',
  summary: 'Noter un contrat signé.',
  view: {
    suppliers: [...suppliers],
    today: today.toString(),
    end: latestEnd(today).toString(),
  },
});

/** The paid invoices, and the fees of each period. */
export function invoicesCard(
  contract: Contract,
  invoices: readonly Invoice[],
  fees: readonly QuarterFee[],
  wanted: number,
  today: Temporal.PlainDate,
  notice = '',
): Card {
  const page = pageOf(invoices, wanted, PAGE);
  return {
    template: 'contracts/invoices',
    summary: `${count(invoices.length, 'facture')} notée${invoices.length < 2 ? '' : 's'}.`,
    view: {
      ...head(contract),
      ...noticed(notice),
      today: today.toString(),
      empty: invoices.length === 0,
      quarters: fees.map(({ quarter, paidCents, feeCents }) => ({
        title: quarterText(quarter),
        value: `${frenchMoney(paidCents)} payés${feeCents === undefined ? '' : `, frais de gestion de ${frenchMoney(feeCents)}`}`,
      })),
      rateless: fees.some(({ feeCents }) => feeCents === undefined),
      invoices: page.items.map(({ id, paidOn, amountCents, note }) => ({
        contract: contract.id,
        invoice: id,
        text: `${frenchDay(paidOn)} · ${frenchMoney(amountCents)}${note === '' ? '' : ` · ${escapeMarkdown(note)}`}`,
      })),
      ...pagingRow(page, 'factures'),
    },
  };
}

export function amendmentsCard(
  contract: Contract,
  amendments: readonly Amendment[],
  today: Temporal.PlainDate,
  notice = '',
): Card {
  const latest = latestEnd(Temporal.PlainDate.from(contract.startsOn));
  return {
    template: 'contracts/amendments',
    summary: notice || `${count(amendments.length, 'avenant')}.`,
    view: {
      ...head(contract),
      ...noticed(notice),
      today: today.toString(),
      kinds: AMENDMENT_KINDS.map((value) => ({ title: AMENDMENT_NAMES[value], value })),
      limit: `Fin actuelle : ${frenchDay(contract.endsOn)}. Le contrat peut durer au plus jusqu’au ${frenchDate(latest)}.`,
      amendments: amendments
        .slice(0, 10)
        .map(({ id, number, kind, text, newEnd, newAmountCents, signedOn }) => ({
          contract: contract.id,
          amendment: id,
          title: `Nº ${number} · ${AMENDMENT_NAMES[kind]}`,
          text: escapeMarkdown(shorten(text, 200)),
          effect: [
            newEnd ? `Nouvelle fin : ${frenchDay(newEnd)}` : '',
            newAmountCents === null ? '' : `Nouveau montant : ${frenchMoney(newAmountCents)}`,
          ]
            .filter(Boolean)
            .join(' · '),
          state: signedOn ? `Signé le ${frenchDay(signedOn)}` : 'À préparer par le Courtier, puis à signer',
          unsigned: signedOn === null,
          today: today.toString(),
        })),
    },
  };
}

export function retentionCard(contract: Contract, wanted: number): Card {
  const page = pageOf(retentionOf(Temporal.PlainDate.from(contract.endsOn), contract.rcti), wanted, 5);
  return {
    template: 'contracts/retention',
    summary: 'Combien de temps garder les documents du contrat.',
    view: {
      ...head(contract),
      kept: page.items.map(({ title, until, sent }) => ({
        title,
        until: `Jusqu’au ${frenchDate(until)}`,
        sent: `Au Courtier : ${sent.charAt(0).toLowerCase()}${sent.slice(1)}, par courriel`,
      })),
      ...pagingRow(page, 'documents'),
    },
  };
}

/** The calendar link of a contract's duties. */
export const feedCard = (contract: Contract, url: string): Card => ({
  template: 'contracts/feed',
  summary: 'Les obligations du contrat dans votre agenda.',
  view: { ...head(contract), url, feed: contract.feed },
});

export const commentCard = (suppliers: SupplierChoices, notice = ''): Card => ({
  template: 'contracts/comment',
  summary: notice || 'Écrire au Courtier.',
  view: {
    ...noticed(notice),
    kinds: COMMENT_KINDS.map((value) => ({ title: COMMENT_NAMES[value], value })),
    suppliers: [...suppliers],
  },
});

/** A comment, for the staff. */
export const staffCommentCard = (comment: Comment, supplier: string, notice = ''): Card => ({
  template: 'contracts/comment-staff',
  summary: notice || `${isComplaint(comment.kind) ? 'Plainte' : 'Commentaire'} nº ${comment.number}.`,
  view: {
    comment: comment.id,
    revision: comment.revision,
    heading: `${isComplaint(comment.kind) ? 'Plainte' : 'Commentaire'} nº ${comment.number}`,
    ...noticed(notice),
    kind: COMMENT_NAMES[comment.kind],
    by: escapeMarkdown(comment.name),
    supplier: escapeMarkdown(supplier),
    named: supplier !== '',
    text: escapeMarkdown(comment.text),
    answer: escapeMarkdown(comment.answer ?? ''),
    answeredBy: escapeMarkdown(comment.answeredBy ?? ''),
    answered: comment.answer !== null,
    open: comment.answer === null,
  },
});

/** The broker's answer, for the person who wrote. */
export const answerCard = (comment: Comment): Card => ({
  template: 'contracts/answer',
  summary: 'Le Courtier a répondu à votre commentaire.',
  view: {
    text: escapeMarkdown(shorten(comment.text, 300)),
    answer: escapeMarkdown(comment.answer ?? ''),
    by: escapeMarkdown(comment.answeredBy ?? ''),
  },
});

export function commentsCard(rows: readonly Comment[], total: number, page: number, open: boolean): Card {
  return {
    template: 'contracts/comments',
    summary: `${count(total, 'commentaire')}.`,
    view: {
      heading: open ? 'Commentaires à traiter' : 'Tous les commentaires',
      empty: total === 0,
      open,
      all: !open,
      comments: rows.map(({ id, number, kind, text, answer }) => ({
        comment: id,
        title: `Nº ${number} · ${COMMENT_NAMES[kind].replace(/ \(.*/, '')}`,
        text: escapeMarkdown(shorten(text, 120)),
        state: answer === null ? 'À traiter' : 'Répondu',
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'commentaires'),
    },
  };
}

export interface ReferenceRow {
  readonly name: string;
  readonly contact: string;
  readonly supplier: string;
  readonly offers: string;
  readonly organization: string;
}

export function referencesCard(rows: readonly ReferenceRow[], total: number, page: number): Card {
  return {
    template: 'contracts/references',
    summary: `${count(total, 'personne')} à joindre.`,
    view: {
      empty: total === 0,
      references: rows.map(({ name, contact, supplier, offers, organization }) => ({
        name: escapeMarkdown(name),
        organization: escapeMarkdown(organization),
        supplier: escapeMarkdown(`${supplier} · ${shorten(offers, 100)}`),
        contact: escapeMarkdown(contact),
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'personnes'),
    },
  };
}
