import type { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import { comesBack, forgiving } from '../../../core/cards/forgiving.ts';
import { pagingRow } from '../../../core/cards/paging.ts';
import { draws } from '../../../core/cards/redraw.ts';
import { frenchDay } from '../../../core/clock.ts';
import { personKeyOf } from '../../../core/people/person-key.ts';
import { action } from '../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';
import type { ActionTurn } from '../../../core/turn.ts';
import type { ActOutcome } from '../store/acting.ts';
import type { Act } from '../store/writing.ts';
import { listFor } from './list.ts';
import * as schema from './schema.ts';
import type { OfficeServices } from './services.ts';
import { dayText, holderText, WHOSE_NAMES } from './texts.ts';

/** What a list has, a page of it, to be ticked: what is done is done with each that is. */
async function manyCard(
  { person }: Pick<ActionTurn, 'person'>,
  { seen, page: wanted }: schema.FromList,
  services: OfficeServices,
): Promise<Card> {
  const listed = await services.office.list(person, seen, wanted, schema.MANY);
  const colleagues = await services.office.colleagues(person);
  return {
    template: 'office/many',
    summary: `Plusieurs à la fois : ${count(listed.total, 'chose')}.`,
    view: {
      heading: escapeMarkdown(WHOSE_NAMES[seen.whose]),
      seen: schema.filterWord(seen),
      page: listed.page,
      empty: listed.total === 0,
      some: listed.total > 0,
      choices: listed.items.map((item) => ({
        title: [item.title, item.person, dayText(item), holderText(item, person)].filter(Boolean).join(' · '),
        value: `${item.kind}/${item.id}`,
      })),
      sharable: listed.total > 0 && colleagues.length > 0,
      colleagues: colleagues.map((each) => ({ title: each.name, value: personKeyOf(each) })),
      ...pagingRow(listed, 'choses'),
    },
  };
}

export const many = action('office.many', schema.Many, draws(manyCard), 'staff');

/** What became of those that were left: a colleague has them, or acted just before, or they wait no more. */
function leftText(outcomes: readonly ActOutcome[]): string[] {
  const of = (kind: ActOutcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
  const [owned, free, changed, gone] = [of('owned'), of('free'), of('changed'), of('gone')];
  return [
    ...(owned > 0
      ? [
          `${count(
            owned,
            'chose est suivie par un collègue et ne change pas : ouvrez-la pour passer outre',
            'choses sont suivies par des collègues et ne changent pas : ouvrez-les pour passer outre',
          )}.`,
        ]
      : []),
    ...(free > 0
      ? [`${count(free, 'chose n’était', 'choses n’étaient')} suivie${free < 2 ? '' : 's'} par personne.`]
      : []),
    ...(changed > 0 ? [`Quelqu’un vient d’agir sur ${count(changed, 'chose')} : rien n’y est changé.`] : []),
    ...(gone > 0 ? [`${count(gone, 'chose n’attend', 'choses n’attendent')} plus.`] : []),
  ];
}

type Ticked = z.output<typeof schema.TakenTogether>;

/** The same act on all that was ticked; what became of them is said on the list. */
const together = <I extends Ticked>(
  verb: string,
  read: z.ZodType<I>,
  actOf: (input: I) => Act,
  said: (input: I) => readonly [one: string, several: string],
) =>
  forgiving(
    comesBack(schema.Many, (turn, input, services: OfficeServices) => manyCard(turn, input, services)),
    action(
      verb,
      read,
      async (turn, input, services: OfficeServices) => {
        const outcomes = await services.office.act(turn.person, actOf(input), input.chosen);
        const done = outcomes.filter(({ kind }) => kind === 'done').length;
        const word = [
          done > 0 ? `${count(done, ...said(input))}.` : 'Rien n’est changé.',
          ...leftText(outcomes),
        ];
        turn.update(await listFor(turn.person, input.seen, 1, services, word.join(' ')));
      },
      'staff',
    ),
  );

export const takeMany = together(
  'office.takeMany',
  schema.TakenTogether,
  () => ({ what: 'take' }),
  () => ['chose est à vous', 'choses sont à vous'],
);

export const handBackMany = together(
  'office.handBackMany',
  schema.TakenTogether,
  () => ({ what: 'handBack' }),
  () => ['chose est rendue à l’équipe', 'choses sont rendues à l’équipe'],
);

export const assignMany = together(
  'office.assignMany',
  schema.GivenTogether,
  ({ colleague }) => ({ what: 'assign', to: colleague }),
  () => ['chose est confiée', 'choses sont confiées'],
);

export const putOffMany = together(
  'office.putOffMany',
  schema.PutOffTogether,
  ({ until }) => ({ what: 'putOff', until: Temporal.PlainDate.from(until) }),
  ({ until }) => [`chose est remise au ${frenchDay(until)}`, `choses sont remises au ${frenchDay(until)}`],
);
