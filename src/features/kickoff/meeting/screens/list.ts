import type { Card } from '../../../../core/card.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { draws } from '../../../../core/cards/redraw.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { isBefore } from '../../../../core/time/days.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import type { StepStanding } from '../../steps/rules.ts';
import type { Kickoff } from '../../tables.ts';
import { PARTY_NAMES, STATE_NAMES } from '../../texts.ts';
import { whenText } from './parts.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';

const PAGE = 5;

/** A meeting of a day that is past, of which nobody said whether it took place. */
const isUnconfirmed = ({ state, endsAt }: Kickoff, now: Temporal.Instant): boolean =>
  state === 'booked' && endsAt !== null && isBefore(brokerDate(endsAt), brokerDate(now));

interface Listed {
  readonly kickoff: Kickoff;
  readonly standing: readonly StepStanding[];
}

function listCard(
  rows: readonly Listed[],
  total: number,
  page: number,
  late: boolean,
  now: Temporal.Instant,
): Card {
  return {
    template: 'kickoff/list',
    summary: `${count(total, 'rencontre', 'rencontres')} en cours.`,
    view: {
      heading: late ? 'Étapes dont la date est passée' : 'Rencontres et contrats en préparation',
      empty: total === 0,
      late,
      all: !late,
      rows: rows.map(({ kickoff, standing }) => {
        const current = standing.find(({ state }) => state === 'current');
        const unconfirmed = isUnconfirmed(kickoff, now);
        return {
          kickoff: kickoff.id,
          title: escapeMarkdown(`Nº ${kickoff.number} · ${kickoff.supplierName}`),
          facts: [
            STATE_NAMES[kickoff.state],
            current
              ? `étape ${current.step.number}, ${current.waiting.map((party) => PARTY_NAMES[party].toLowerCase()).join(' et ')}`
              : '',
            kickoff.takenName ? `suivie par ${escapeMarkdown(kickoff.takenName)}` : 'à prendre en charge',
          ]
            .filter(Boolean)
            .join(' · '),
          overdue: unconfirmed || current?.past === true,
          due: unconfirmed
            ? 'La rencontre est passée : dire si elle a eu lieu'
            : current
              ? whenText(current)
              : '',
          color: current?.late ? 'Attention' : 'Default',
        };
      }),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'rencontres'),
    },
  };
}

async function list(page: number, late: boolean, services: KickoffServices): Promise<Card> {
  const { kickoffs } = services;
  const withSteps = (rows: readonly Kickoff[]) =>
    Promise.all(rows.map(async (kickoff) => ({ kickoff, standing: await kickoffs.standing(kickoff) })));
  if (late) {
    const all = await withSteps(await kickoffs.underWay());
    const overdue = all.filter(
      ({ kickoff, standing }) =>
        standing.some((each) => each.past) || isUnconfirmed(kickoff, services.clock.now()),
    );
    return listCard(
      overdue.slice((page - 1) * PAGE, page * PAGE),
      overdue.length,
      page,
      true,
      services.clock.now(),
    );
  }
  const { rows, total } = await kickoffs.page(page, PAGE);
  return listCard(await withSteps(rows), total, page, false, services.clock.now());
}

export async function openList(turn: MessageTurn, services: KickoffServices): Promise<void> {
  await turn.reply(await list(1, false, services));
}

export const showList = action(
  'kickoff.list',
  schema.ListPage,
  draws((_turn, { page, late }, services: KickoffServices) => list(page, late, services)),
  'staff',
);
