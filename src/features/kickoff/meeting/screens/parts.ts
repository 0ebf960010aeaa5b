import { asDate } from '../../../../core/clock.ts';
import { withFacts } from '../../../../core/guide/index.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import { dueText, pastText } from '../../../../core/time/due.ts';
import type { ChoiceConclusion } from '../../../acquisitions/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Party, STEPS, type StepStanding } from '../../steps/rules.ts';
import type { Kickoff, Slot } from '../../tables.ts';
import { momentText, tasksText } from '../../texts.ts';
import type { Missed } from '../../undoing/store/unmissing.ts';
import type { NowFacts } from '../rules/now.ts';
import { after, type Side } from '../rules/states.ts';
import type { CardServices } from './services.ts';

export const STALE = 'La rencontre a changé entre-temps. Voici où elle en est.';

/** A kickoff as its cards show it. */
export interface Shown {
  readonly kickoff: Kickoff;
  readonly fileName: string;
  readonly standing: readonly StepStanding[];
  readonly slots: readonly Slot[];
  readonly timeZone: string;
  readonly now: Date;
  readonly today: Temporal.PlainDate;
  /** The contract that came of it, and whether whoever sees the card may open it. */
  readonly contract: { readonly id: string; readonly opens: boolean } | undefined;
  /** Where the choice that it stands on is now. */
  readonly choice: ChoiceConclusion;
  /** It was said not to have taken place, and that may be taken back. */
  readonly missed: Missed | undefined;
  readonly notice?: string;
}

/** `viewer`: whoever sees the card, where it is somebody's own. */
export async function shownOf(
  kickoff: Kickoff,
  viewer: PersonKey | undefined,
  { kickoffs, clock, files, timeZone }: CardServices,
  notice = '',
): Promise<Shown> {
  const [standing, slots] = await Promise.all([kickoffs.standing(kickoff), kickoffs.slots(kickoff)]);
  const contract = (await kickoffs.contractOf(kickoff))?.id;
  return {
    kickoff,
    fileName: await files.nameOf(kickoff.acquisitionId),
    standing,
    slots: kickoff.round > 0 ? slots : [],
    timeZone,
    now: asDate(clock.now()),
    today: kickoffs.today(),
    contract:
      contract === undefined
        ? undefined
        : { id: contract, opens: viewer !== undefined && (await kickoffs.opensContract(contract, viewer)) },
    choice: await files.conclusion('choice', kickoff.acquisitionId),
    missed: await kickoffs.missed(kickoff),
    notice,
  };
}

/** Who is told that « Elle n’a pas eu lieu » was taken back. */
const TOLD: Record<Side, string> = {
  client: 'Vos collègues du dossier et le Courtier en sont avisés ; le fournisseur ne l’est pas.',
  staff: 'Le client et l’équipe en sont avisés ; le fournisseur ne l’est pas : dites-le-lui.',
};

/** What taking back « Elle n’a pas eu lieu » does; empty where there is nothing to take back. */
export const missedText = (side: Side, { missed, timeZone }: Shown): string =>
  missed
    ? `La rencontre était fixée au ${momentText(missed.slot.startsAt, missed.slot.endsAt, timeZone)}. Elle redevient « fixée » : on demandera de nouveau si elle a eu lieu. ${TOLD[side]} Son invitation reste retirée des agendas.`
    : '';

export const meetingText = ({ kickoff, timeZone }: Shown): string =>
  kickoff.startsAt && kickoff.endsAt ? momentText(kickoff.startsAt, kickoff.endsAt, timeZone) : '';

/** When the current step is to be done; of the copy, before its contract is noted, how its date is counted. */
export function whenText({ step, state, due, past }: StepStanding): string {
  if (due) return `${past ? pastText(due) : dueText(due)}.`;
  if (state !== 'current' || step.number !== STEPS.length) return '';
  return withFacts(
    past
      ? 'En retard : la copie est due dans les {{copyDays}} qui suivent la signature par les parties (guide, section 4.12).'
      : 'Dans les {{copyDays}} qui suivent la signature par les parties (guide, section 4.12) : la date paraît quand le contrat est noté.',
  );
}

/** The lines of the eleven steps: done, the current one with who acts, those to come. */
export const stepsView = (standing: readonly StepStanding[]) =>
  standing.map((each) => {
    const { step, state, late } = each;
    const due = whenText(each);
    return {
      label: `${step.number} · ${step.title}`,
      current: state === 'current',
      state: state === 'done' ? 'Fait' : state === 'later' ? 'Plus tard' : late ? 'En retard' : 'En cours',
      late,
      tasks: tasksText(each).map((text) => ({ text: `• ${text}` })),
      due,
      dated: due !== '',
    };
  });

export const waitsFor = (standing: readonly StepStanding[], party: Party): StepStanding | undefined =>
  standing.find(({ waiting }) => waiting.includes(party));

/** What the client has to settle of the choice before the meeting, or before the signature. */
export function warned({ kickoff, choice, contract }: Shown, warning: string) {
  const { refusal, changes, movers } = choice;
  const told =
    refusal && contract === undefined && after(kickoff.state, 'cancel')
      ? [refusal, ...changes, ...movers]
      : [];
  return {
    warned: told.length > 0,
    warning,
    warnings: told.map((text) => ({ text: `• ${escapeMarkdown(text)}` })),
  };
}

/** How long before its hour a meeting may be joined, in milliseconds. */
const NEAR = 15 * 60_000;

function hourOf({ kickoff: { startsAt, endsAt }, now }: Shown): NowFacts['hour'] {
  if (!startsAt || !endsAt || now.getTime() < startsAt.getTime() - NEAR) return 'ahead';
  return now < startsAt ? 'near' : now < endsAt ? 'begun' : 'over';
}

/** What tells what is to be done of it now. */
export function nowFacts(shown: Shown): NowFacts {
  const { kickoff, standing, slots, contract } = shown;
  const current = standing.find(({ state }) => state === 'current');
  return {
    state: kickoff.state,
    warned: warned(shown, '').warned,
    answered: {
      client: slots.some(({ client }) => client !== null),
      supplier: slots.some(({ supplier }) => supplier !== null),
    },
    hour: hourOf(shown),
    joinable: kickoff.joinUrl !== null,
    waiting: current?.waiting ?? [],
    last: current?.step.number === STEPS.length,
    contracted: contract !== undefined,
  };
}
