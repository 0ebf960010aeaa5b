import type { Card } from '../../../core/card.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { type Page, pageOf, pagingRow } from '../../../core/cards/paging.ts';
import { progressBar } from '../../../core/cards/progress.ts';
import { frenchDateTime, frenchDay } from '../../../core/clock.ts';
import { personKeyOf } from '../../../core/people/person-key.ts';
import { count, escapeMarkdown, uncapital } from '../../../core/text/text.ts';
import type { Person } from '../../../core/turn.ts';
import {
  END_NAMES,
  ENDS,
  progressOf,
  type Reports,
  STEPS,
  type Step,
  type StepProgress,
} from '../rules/steps.ts';
import type { Conclusions, Next } from '../store/conclusions.ts';
import type { Files } from '../store/files.ts';
import type { AcquisitionFile } from '../store/records.ts';
import type { Member } from '../store/sharing.ts';

export const PAGE = 6;
/** What a choice of a file shows; the list of all is behind it. */
export const MOST_CHOICES = 8;

export const STEP_NAMES: Record<Step, string> = {
  needs: 'Définir ses besoins',
  catalogue: 'Consulter le Catalogue',
  shortlist: 'Établir la liste d’offres conformes',
  choice: 'Déterminer le choix le plus avantageux',
  contract: 'Conclure le contrat',
};

/** The step where a file stands, in words. */
export function stepText(reports: Reports): string {
  const current = progressOf(reports).find(({ state }) => state === 'current');
  return current ? STEP_NAMES[current.step] : 'Toutes les étapes sont faites';
}

const STATES: Record<StepProgress['state'], string> = {
  done: 'Fait',
  current: 'En cours',
  later: 'Plus tard',
  review: 'À revoir',
};
const REOPENED = 'Une étape précédente a été rouverte.';

export type FileRow = AcquisitionFile & { readonly reports: Reports };

/** `joined`: no need to say how to join a body. */
export function listCard(
  page: Page<FileRow>,
  state: AcquisitionFile['state'],
  joined: boolean,
  notice = '',
): Card {
  const archived = state === 'archived';
  const heading = archived ? 'Dossiers archivés' : 'Vos dossiers d’acquisition';
  return {
    template: 'acquisitions/list',
    summary: `${heading} : ${page.total}.`,
    view: {
      heading,
      ...noticeView(notice),
      empty: page.total === 0,
      none: archived
        ? 'Aucun dossier archivé.'
        : 'Un dossier garde vos besoins, vos comparaisons et vos documents, un par projet. Créez le premier.',
      files: page.items.map(({ id, number, name, role, reports }) => ({
        id,
        label: name,
        name: escapeMarkdown(name),
        facts: [`Nº ${number}`, stepText(reports), role === 'member' ? 'partagé avec vous' : '']
          .filter(Boolean)
          .join(' · '),
      })),
      state,
      archived,
      open: !archived,
      unjoined: !joined,
      ...pagingRow(page, 'dossiers'),
    },
  };
}

/** Where a step is worked on. */
const STEP_VERBS: Record<Step, string> = {
  needs: 'needs.open',
  catalogue: 'scenarios.shortlist',
  shortlist: 'scenarios.shortlist',
  choice: 'scenarios.compare',
  contract: 'kickoff.open',
};

/** What is to do now where the feature in charge says nothing else. */
const NEXT: Record<Step, string> = {
  needs: 'Continuer : besoins',
  catalogue: 'Continuer : offres conformes',
  shortlist: 'Continuer : offres conformes',
  choice: 'Continuer : comparer',
  contract: 'Continuer : rencontre et contrat',
};

/** The one blue button of an open file: what the step where it stands says that there is to do now. */
function nextOf(steps: readonly StepProgress[], conclusions: Conclusions): Next {
  const step = steps.find(({ state }) => state === 'current')?.step ?? 'contract';
  return conclusions[step].next ?? { title: NEXT[step], verb: STEP_VERBS[step] };
}

const stepRow = (steps: readonly StepProgress[], choice: unknown) =>
  steps.map(({ step, state, missing }, at) => ({
    label: `${state === 'done' ? '✓ ' : ''}${at + 1} · ${STEP_NAMES[step]}`,
    state: STATES[state],
    verb: step === 'choice' && choice ? 'scenarios.choice' : STEP_VERBS[step],
    current: state === 'current',
    missing:
      state === 'current'
        ? missing.map((sentence) => ({ text: `• ${sentence}` }))
        : state === 'review'
          ? [{ text: REOPENED }]
          : [],
  }));

export function fileCard(
  file: AcquisitionFile,
  conclusions: Conclusions,
  members: readonly Member[],
  notice = '',
): Card {
  const steps = progressOf(conclusions);
  const { alert = '', choice } = conclusions.choice;
  const considerations = STEPS.flatMap((step) => conclusions[step].considerations ?? []);
  const current = steps.find(({ state }) => state === 'current');
  const done = steps.filter(({ state }) => state === 'done').length;
  const others = members.filter(({ role }) => role === 'member');
  const open = file.state === 'open';
  const next = nextOf(steps, conclusions);
  return {
    template: 'acquisitions/file',
    summary: `Dossier « ${file.name} » : ${current ? STEP_NAMES[current.step] : 'toutes les étapes sont faites'}.`,
    view: {
      file: file.id,
      revision: file.revision,
      heading: `Dossier nº ${file.number} · ${done} étape${done < 2 ? '' : 's'} sur ${steps.length}`,
      name: escapeMarkdown(file.name),
      rawName: file.name,
      ...progressBar(done, steps.length),
      ended: file.ended ? `Archivé : ${uncapital(END_NAMES[file.ended])}.` : '',
      closed: file.ended !== null,
      alert: escapeMarkdown(alert),
      alerted: alert !== '',
      recalculable: alert !== '' && open && next.verb !== 'scenarios.compare',
      considered: considerations.length > 0,
      considerations: considerations.map((text) => ({ text: `• ${escapeMarkdown(text)}` })),
      ...noticeView(notice),
      chosen: choice !== undefined,
      choice: choice ? `Votre choix : **${escapeMarkdown(choice.name)}**` : '',
      chosenOn: choice ? `Choisi le ${frenchDay(choice.on)}` : '',
      steps: stepRow(steps, choice),
      shared:
        others.length > 0
          ? `Partagé avec ${others.map(({ name }) => escapeMarkdown(name)).join(', ')}.`
          : 'Personne d’autre ne voit ce dossier.',
      nextTitle: next.title,
      nextVerb: next.verb,
      // Not twice on one card.
      toNeeds: !open || next.verb !== 'needs.open',
      open,
      ends: ENDS.map((value) => ({ title: END_NAMES[value], value })),
      canArchive: open && file.role === 'owner',
      canReopen: !open && file.role === 'owner',
    },
  };
}

/** A person's open files, to say which one they mean: each goes on with what they wanted. */
export const chooseCard = (
  files: readonly AcquisitionFile[],
  verb: string,
  standing: ReadonlyMap<string, string> = new Map(),
): Card => ({
  template: 'acquisitions/choose',
  summary: 'Pour quel dossier ?',
  view: {
    verb,
    files: files.slice(0, MOST_CHOICES).map(({ id, number, name }) => ({
      file: id,
      label: name,
      name: escapeMarkdown(name),
      facts: [`Dossier nº ${number}`, standing.get(id)].filter(Boolean).join(' · '),
    })),
  },
});

export function shareCard(
  file: AcquisitionFile,
  members: readonly Member[],
  colleagues: readonly Person[],
  self: Person,
  notice = '',
): Card {
  const held = new Set(members.map(personKeyOf));
  const free = colleagues.filter((colleague) => !held.has(personKeyOf(colleague)));
  return {
    template: 'acquisitions/share',
    summary: `Partager le dossier « ${file.name} ».`,
    view: {
      file: file.id,
      name: escapeMarkdown(file.name),
      ...noticeView(notice),
      members: members.map((member) => ({
        file: file.id,
        key: personKeyOf(member),
        label: member.name,
        name: escapeMarkdown(member.name),
        role: member.role === 'owner' ? 'A créé le dossier' : 'Y a accès',
        removable:
          member.role === 'member' && (file.role === 'owner' || personKeyOf(member) === personKeyOf(self)),
      })),
      canShare: free.length > 0,
      cannotShare: free.length === 0,
      colleagues: free.map((colleague) => ({ title: colleague.name, value: personKeyOf(colleague) })),
    },
  };
}

export function historyCard(
  file: AcquisitionFile,
  lines: Awaited<ReturnType<Files['history']>>,
  wanted: number,
  timeZone: string,
): Card {
  const page = pageOf(lines, wanted, PAGE);
  return {
    template: 'acquisitions/history',
    summary: `Journal du dossier « ${file.name} » : ${count(lines.length, 'ligne')}.`,
    view: {
      file: file.id,
      name: escapeMarkdown(file.name),
      lines: page.items.map(({ at, by, sentence }) => ({
        sentence: escapeMarkdown(sentence),
        when: `${frenchDateTime(at, timeZone)} · ${escapeMarkdown(by)}`,
      })),
      ...pagingRow(page, 'lignes'),
    },
  };
}
