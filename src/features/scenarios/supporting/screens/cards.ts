import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { markOf } from '../../../../core/cards/showed.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { guide } from '../../../../core/guide/index.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import type { AcquisitionFile } from '../../../acquisitions/index.ts';
import type { CatalogueView } from '../../../catalogue/index.ts';
import type { Support } from '../../rules/facts.ts';
import { takenDue, takenText } from '../rules/taking-charge.ts';
import { APART_DAYS, isUnsettled } from '../rules/trial-limits.ts';
import { datesMark } from '../store/trying.ts';
import { criterionMark } from '../store/weighing.ts';

const choicesOf = (view: CatalogueView) =>
  view.fiches.map(({ supplier }) => ({ title: supplier.name, value: supplier.id }));

export interface SupportView {
  readonly file: AcquisitionFile;
  readonly support: Support;
  readonly view: CatalogueView;
  readonly today: string;
  readonly days: BusinessDays;
  readonly notice?: string;
  /** The criterion whose form is open. */
  readonly criterion?: string | undefined;
}

/** What came of something, to note or to correct. */
const noting = (file: AcquisitionFile, text: string | undefined, what: string) => ({
  writable: file.state === 'open',
  write: `${text === undefined ? 'Noter' : 'Modifier'} ${what}`,
  written: text ?? '',
  showed: markOf(text),
});

/** Questions put to suppliers, the latest first, with when each is taken in charge. */
export function clarificationsCard({ file, support, view, today, days, notice = '' }: SupportView): Card {
  return {
    template: 'scenarios/clarifications',
    summary: `Précisions demandées : ${support.clarifications.length}.`,
    view: {
      file: file.id,
      ...noticeView(notice),
      empty: support.clarifications.length === 0,
      clarifications: [...support.clarifications]
        .reverse()
        .map(({ id, supplier, question, askedOn, answer, answeredOn }) => ({
          file: file.id,
          id,
          supplier: escapeMarkdown(view.supplier(supplier)?.supplier.name ?? supplier),
          question: escapeMarkdown(question),
          state: answer
            ? `Réponse du ${frenchDay(answeredOn ?? today)} : ${escapeMarkdown(answer)}`
            : takenText(takenDue(askedOn, days), today),
          ...noting(file, answer, 'la réponse'),
          removable: file.state === 'open' && answer === undefined,
        })),
      suppliers: choicesOf(view),
      open: file.state === 'open',
    },
  };
}

/** How a trial is withdrawn: one whose day is past did not take place. */
const dropping = (begun: boolean) => ({
  drop: begun ? 'N’a pas eu lieu' : 'Annuler le banc d’essai',
  dropAsks: `${begun ? 'Retirer cet essai, qui n’a pas eu lieu ?' : 'Annuler cet essai ?'} Vos unités et vos jours seront de nouveau disponibles.`,
  dropMeant: begun ? 'Oui, retirer l’essai' : 'Oui, annuler l’essai',
});

export function trialsCard({ file, support, view, today, days, notice = '' }: SupportView): Card {
  return {
    template: 'scenarios/trials',
    summary: `Bancs d’essai : ${support.trials.length}.`,
    view: {
      file: file.id,
      ...noticeView(notice),
      empty: support.trials.length === 0,
      trials: [...support.trials].reverse().map(({ id, offer, askedOn, units, start, end, result }) => ({
        file: file.id,
        id,
        offer: escapeMarkdown(view.offer(offer)?.offer.name ?? offer),
        facts: `${count(units, 'unité')}, du ${frenchDay(start)} au ${frenchDay(end)}`,
        state: result
          ? `Résultat : ${escapeMarkdown(result)}`
          : end < today
            ? 'Terminé : notez-en le résultat. S’il n’a pas eu lieu, dites-le.'
            : start > today
              ? ['Prévu.', askedOn && takenText(takenDue(askedOn, days), today)].filter(Boolean).join(' ')
              : 'En cours.',
        ...noting(file, result, 'le résultat'),
        changeable: file.state === 'open' && isUnsettled({ result }),
        start,
        days: Temporal.PlainDate.from(start).until(end, { largestUnit: 'days' }).days + 1,
        dates: datesMark({ start, end }),
        mostDays: guide().rules.trialDays.value,
        ...dropping(start < today),
      })),
      offers: view.offers
        .filter(({ offer }) => offer.status === 'qualified')
        .map(({ offer }) => ({ title: offer.name, value: offer.id })),
      today,
      mostUnits: guide().rules.trialUnits.value,
      mostDays: guide().rules.trialDays.value,
      apart: APART_DAYS,
      open: file.state === 'open',
    },
  };
}

export function criteriaCard({
  file,
  support,
  notice = '',
  criterion,
}: Omit<SupportView, 'view' | 'today' | 'days'>): Card {
  const total = support.criteria.reduce((sum, { weight }) => sum + weight, 0);
  return {
    template: 'scenarios/criteria',
    summary: `Autres critères : ${support.criteria.length}.`,
    view: {
      file: file.id,
      ...noticeView(notice),
      empty: support.criteria.length === 0,
      criteria: support.criteria.map(({ id, name, weight, note }) => ({
        file: file.id,
        id,
        name: escapeMarkdown(name),
        weight: `Poids ${weight} sur ${total}`,
        note: escapeMarkdown(note),
        typedName: name,
        typedWeight: String(weight),
        typedNote: note,
        showed: criterionMark({ name, weight, note }),
        // One at a time: fifty forms would not fit in a card.
        opened: file.state === 'open' && id === criterion,
        openable: file.state === 'open' && id !== criterion,
      })),
      open: file.state === 'open',
    },
  };
}
