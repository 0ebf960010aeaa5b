import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/manifest.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import type { Changed } from '../../../../core/rows/revised.ts';
import type { ActionTurn, MessageTurn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { EVERY_SHEET, type SheetFilter } from '../rules/sheets.ts';
import type { SheetOrder, SheetOrders } from '../store/orders.ts';
import type { SheetList } from '../store/sheet-list.ts';
import * as cards from './cards.ts';
import * as schema from './schema.ts';

export interface SheetServices {
  readonly sheetList: SheetList;
  readonly sheetOrders: SheetOrders;
  readonly house: Pick<House, 'holdersOf'>;
}

/** The kind under which sheets wait for a second person. */
export const SHEETS = 'sheets';

const STALE = 'Quelqu’un s’en est occupé entre-temps : voici où en sont ces fiches.';

async function sheetsOf(
  filter: SheetFilter,
  wanted: number,
  { sheetList, sheetOrders }: SheetServices,
  notice = '',
): Promise<Card> {
  const page = await sheetList.sheetPage(filter, wanted, cards.PAGE);
  return cards.sheetsCard(page, filter, await sheetList.sheetChoices(), sheetOrders.needsApproval, notice);
}

/** `fiches de résultats`, all of them. */
export async function openSheets(turn: MessageTurn, services: SheetServices): Promise<void> {
  await turn.reply(await sheetsOf(EVERY_SHEET, 1, services));
}

export const listSheets = action(
  'evaluations.sheets',
  schema.Sheets,
  draws((_turn, { filter, page }, services: SheetServices) => sheetsOf(filter, page, services)),
  'staff',
);

const back = comesBack(schema.KnownSheets, (_turn, { seen, page }, services: SheetServices) =>
  sheetsOf(seen, page, services),
);

export const prepareSheets = forgiving(
  back,
  action(
    'evaluations.prepareSheets',
    schema.Prepare,
    draws(async (_turn, { act, chosen, filter }, { sheetList, sheetOrders }: SheetServices) =>
      cards.confirmSheetsCard(
        act,
        await sheetList.sheetsFor(act, chosen, filter),
        chosen,
        filter,
        sheetOrders.needsApproval,
      ),
    ),
    'staff',
  ),
);

const whoseCard = (row: SheetOrder, { person }: { readonly person: PersonKey | undefined }, word = '') =>
  cards.orderCard(row, person !== undefined && isSame(row, person), word);

const WORDS: Record<SheetOrder['state'], string> = {
  proposed: 'L’approbation est demandée dans le canal de l’équipe. Rien n’est encore transmis.',
  approved: 'Les fiches se préparent. Vous serez avisé quand elles seront prêtes.',
  done: 'C’est fait.',
  returned: '',
  dropped: '',
};

export const orderSheets = forgiving(
  back,
  creating(
    'evaluations.orderSheets',
    {
      uncounted:
        'As many as there are suppliers and years to release: another one with nothing left is refused.',
    },
    schema.OrderSheets,
    redraws(
      ({ person, effect }, { act, chosen, seen, marks }, { sheetOrders }: SheetServices) =>
        sheetOrders.order(person, effect, act, chosen, seen, marks),
      (turn, _input, _services, _word, row) => whoseCard(row, turn, WORDS[row.state]),
    ),
    'staff',
  ),
);

const orderOf = async (
  turn: Pick<ActionTurn, 'person'>,
  { order }: { readonly order: string },
  { sheetOrders }: Pick<SheetServices, 'sheetOrders'>,
  word = '',
) => whoseCard(await sheetOrders.findOrder(order), turn, word);

/** An order as it stands, for nobody in particular. */
export const orderCardOf = async (
  order: string,
  { sheetOrders }: Pick<SheetServices, 'sheetOrders'>,
): Promise<Card> => cards.orderCard(await sheetOrders.findOrder(order), false);

export const showOrder = action('evaluations.sheetOrder', schema.KnownOrder, draws(orderOf), 'staff');

/** What a colleague has in hand is asked about first; what was typed is not lost. */
const warned = warnsFirst(
  schema.KnownOrder,
  ({ order }) => ({ kind: SHEETS, id: order }),
  (turn, input, services: SheetServices, word) => orderOf(turn, input, services, word),
);

/** Done, or said. */
function settled({ kind, row }: Changed<SheetOrder>): SheetOrder {
  if (kind === 'stale') throw new CourtierError('refused', STALE);
  return row;
}

const step = (
  verb: string,
  act: (
    turn: ActionTurn,
    input: { readonly order: string; readonly revision: number },
    orders: SheetOrders,
  ) => Promise<Changed<SheetOrder>>,
  word: string,
) =>
  warned(
    action(
      verb,
      schema.SeenOrder,
      redraws(
        async (turn, input, { sheetOrders }: SheetServices) => settled(await act(turn, input, sheetOrders)),
        orderOf,
        word,
      ),
      'staff',
    ),
  );

export const approveSheets = step(
  'evaluations.approveSheets',
  ({ person }, { order, revision }, orders) => orders.approveSheets(person, order, revision),
  'C’est approuvé : les fiches se préparent.',
);
export const askSheetsAgain = step(
  'evaluations.askSheetsAgain',
  ({ person }, { order, revision }, orders) => orders.askSheetsAgain(person, order, revision),
  WORDS.proposed,
);
export const dropSheets = step(
  'evaluations.dropSheets',
  ({ person }, { order, revision }, orders) => orders.giveUp(person, order, revision),
  'Rien n’est transmis.',
);

export const returnSheets = warned(
  action(
    'evaluations.returnSheets',
    schema.ReturnOrder,
    redraws(
      async ({ person }, { order, revision, comment }, { sheetOrders }: SheetServices) =>
        settled(await sheetOrders.giveBack(person, order, revision, comment)),
      orderOf,
      'La personne qui les a demandées en est informée.',
    ),
    'staff',
  ),
);
