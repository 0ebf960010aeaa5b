import { eq } from 'drizzle-orm';
import { askedField, wrongField } from '../../../../core/cards/refused.ts';
import { asDate, frenchDay } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import { count } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { isBefore } from '../../../../core/time/days.ts';
import type { Person } from '../../../../core/turn.ts';
import { campaigns } from '../../tables.ts';
import { mayEnd, mayReopen } from '../rules/ending.ts';
import { LONGEST_DAYS, wrongEnd } from '../rules/moving.ts';
import type { Scope } from '../rules/scope.ts';
import { ask, wouldAsk } from './asking.ts';
import { endCampaign, goOn } from './campaign-end.ts';
import {
  type Campaign,
  type CampaignOutcome,
  type CampaignParts,
  type CampaignRecords,
  campaignKey,
  TICK,
} from './campaign-records.ts';
import { endMoved, tellMoved } from './moving-end.ts';

/** A campaign that staff want. */
export interface Wanted {
  readonly kind: 'window' | 'anniversary';
  readonly name: string;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly scope: Scope;
}

/** Whom it would reach, if it were started now. */
export interface Preview extends Wanted {
  readonly opened: boolean;
  readonly contracts: number;
  readonly people: number;
}

const BOUND_TO_ITS_YEAR =
  'Les contrats qui se terminent dans l’année sont à évaluer (RCTI, article 79) : cette campagne dure jusqu’à la fin de l’année. Vous pouvez la mettre en pause.';
const PAST = 'La période de cette campagne est passée : elle ne se rouvre plus.';

/** Refuses dates that a campaign cannot have; its year, and whether it opens at once. */
function checkDates(
  { kind, opensOn, closesOn }: Wanted,
  today: Temporal.PlainDate,
): { year: number; opened: boolean } {
  const opens = Temporal.PlainDate.from(opensOn);
  const { days } = opens.until(closesOn, { largestUnit: 'days' });
  const most = LONGEST_DAYS[kind];
  if (isBefore(opens, today))
    throw new CourtierError('refused', 'La campagne s’ouvre aujourd’hui ou plus tard.');
  if (days < 1 || days > most)
    throw new CourtierError('refused', `Une campagne de cette sorte dure de 1 à ${most} jours.`);
  return { year: opens.year, opened: opens.equals(today) };
}

/** What an earlier end changes, for whoever wants it. */
function shorter({ kind, closesOn }: Campaign, before: Campaign, moved: number): string {
  const when = `La campagne finirait le ${frenchDay(closesOn)}, et non le ${frenchDay(before.closesOn)}.`;
  return kind === 'window'
    ? `${when} ${count(moved, 'évaluation')} sans réponse ${moved < 2 ? 'aurait' : 'auraient'} moins de temps ; ceux à qui l’ancienne date a été dite en seraient avisés.`
    : `${when} ${count(moved, 'évaluation ne serait plus demandée', 'évaluations ne seraient plus demandées')} ; de celles qui sont déjà ouvertes, ceux qui suivent le contrat en seraient avisés.`;
}

/** What the staff do with a campaign: start it, hold it, end it, move its last day. */
export function buildCampaignSteps(
  { db, clock, audit, deliveries, queue, forms, quotas, days }: CampaignParts,
  { changeCampaign }: CampaignRecords,
) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now());

  return {
    /** What a campaign would do, before it is started. */
    async prepare(wanted: Wanted): Promise<Preview> {
      const { year, opened } = checkDates(wanted, today());
      return { ...wanted, opened, ...(await wouldAsk(db, { ...wanted, year }, today())) };
    },

    /** Starts a campaign, now or on a day to come. The same effect twice is one campaign. */
    start: (staff: Person, wanted: Wanted, effect: Id): Promise<Campaign> =>
      db.transaction(async (tx) => {
        // Looked for before it is written: a number that was taken for nothing would be missing.
        await serialize(tx, 'campaign', effect);
        const [known] = await tx.select().from(campaigns).where(eq(campaigns.id, effect));
        if (known) return known;
        const { year, opened } = checkDates(wanted, today());
        await quotas.spend(tx, staff, 'evaluations.start');
        const [row] = await tx
          .insert(campaigns)
          .values({
            id: effect,
            form: forms.latest.id,
            createdAt: now(),
            updatedAt: now(),
            ...wanted,
            year,
            state: opened ? 'open' : 'planned',
          })
          .returning();
        if (!row) throw new Error('campaign not written');
        if (opened) {
          await ask(tx, row, today(), now());
          await queue.enqueue(tx, TICK, {});
          await queue.publish(tx, RECALLS_CHANGED, {});
        }
        await audit.record(tx, staff, 'campaign.start', row.id);
        return row;
      }),

    /** Nobody is reminded, and nothing is lost. */
    pause: (staff: Person, id: string, revision: number) =>
      changeCampaign(staff, id, revision, 'pause', undefined, (tx) => deliveries.cancel(tx, campaignKey(id))),
    /** Those who were to be reminded when it was paused still are, unless the next reminder is due. */
    resume: (staff: Person, id: string, revision: number) =>
      changeCampaign(staff, id, revision, 'resume', undefined, (tx) =>
        deliveries.revive(tx, campaignKey(id)),
      ),

    /** Ends the campaign: what was submitted stays. */
    close: (staff: Person, id: string, revision: number) =>
      changeCampaign(
        staff,
        id,
        revision,
        'close',
        (row) => {
          if (!mayEnd(row, today())) throw new CourtierError('refused', BOUND_TO_ITS_YEAR);
          return {};
        },
        (tx, row) => endCampaign(tx, row, deliveries),
      ),

    /** Takes up again a campaign that was ended too soon, as if it had been paused. */
    reopen: (staff: Person, id: string, revision: number) =>
      changeCampaign(
        staff,
        id,
        revision,
        'reopen',
        (row) => {
          if (!mayReopen(row, today())) throw new CourtierError('refused', PAST);
          return row.opensOn > today().toString() ? { state: 'planned' } : {};
        },
        (tx, row) => goOn(tx, row, deliveries),
      ),

    /**
     * Moves the last day, later or earlier: that of those who have not answered, and of those who want to change their
     * answers; they are told. One by anniversaries takes in those of the days that are added, and lets go those of the
     * days that are taken away. Ending earlier is asked about first, unless it is `meant`.
     */
    moveEnd(
      staff: Person,
      id: string,
      revision: number,
      closesOn: string,
      meant: boolean,
    ): Promise<CampaignOutcome> {
      return changeCampaign(
        staff,
        id,
        revision,
        (row) => (closesOn < row.closesOn ? 'shorten' : 'extend'),
        (row) => {
          const wrong = wrongEnd(row, closesOn, today(), days);
          if (wrong) throw wrongField('closesOn', wrong);
          return { closesOn };
        },
        async (tx, row, before) => {
          const moved = await endMoved(tx, { campaign: row, today: today(), now: now() });
          if (closesOn < before.closesOn && moved > 0 && !meant)
            throw askedField('closesOn', shorter(row, before, moved));
          if (row.kind === 'window') await tellMoved(tx, row, before, { deliveries, days, today: today() });
        },
      );
    },
  };
}
