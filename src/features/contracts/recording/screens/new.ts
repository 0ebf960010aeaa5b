import type { Card } from '../../../../core/card.ts';
import { amountField } from '../../../../core/cards/amount.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { redraws } from '../../../../core/cards/redraw.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { entryView } from '../../duties/screens/entry.ts';
import { type SupplierChoices, suppliersOf } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import { latestEnd } from '../rules/term.ts';
import { contractCard } from './contract.ts';
import { type FromFile, fileNamed, fromFile } from './from-file.ts';

const longest = (today: Temporal.PlainDate) => latestEnd({ signedOn: today, startsOn: today });

/** The form; `known` fills it in, and may come from a file, which is then said: it alone, where nothing is to be filled. */
const newCard = (
  suppliers: SupplierChoices,
  today: Temporal.PlainDate,
  known: Partial<FromFile> | undefined,
): Card => ({
  template: 'contracts/new',
  summary: 'Noter un contrat signé.',
  view: {
    suppliers: [...suppliers],
    today: today.toString(),
    title: known?.title ?? '',
    supplier: suppliers.some(({ value }) => value === known?.supplier) ? (known?.supplier ?? '') : '',
    offers: known?.offers ?? '',
    amount: known?.amountCents === undefined ? '' : amountField(known.amountCents),
    end: (known?.end ?? longest(today)).toString(),
    rcti: known?.rcti ?? '',
    fromFile: known !== undefined,
    file: known?.file ?? '',
    from: known?.from ?? '',
  },
});

export const note = action(
  'contracts.new',
  schema.Nothing,
  async ({ person, update }, _input, services: ContractServices) => {
    const today = services.contracts.today();
    update(newCard(await suppliersOf(services), today, await fromFile(person, today, services)));
  },
);

export const create = forgiving(
  // As it was typed: what the file knows would come back into a field that was emptied.
  comesBack(schema.FromFile, async ({ person }, { file }, services: ContractServices) =>
    newCard(await suppliersOf(services), services.contracts.today(), await fileNamed(file, person, services)),
  ),
  creating(
    'contracts.create',
    {
      noun: ['contrat', 'contrats'],
      person: 60,
      body: 300,
      tenant: 9_000,
      why: 'A body that arrives notes all its contracts at once: some dozens.',
    },
    schema.Create,
    redraws(
      (turn, { file, ofFile, sure, ...contract }, { contracts }: ContractServices) => {
        const meant = sure === 'yes';
        return ofFile && file !== ''
          ? contracts.createOfFile(turn.person, contract, turn.effect, file, { meant })
          : contracts.create(turn.person, contract, turn.effect, { meant });
      },
      async (turn, _input, services: ContractServices, _word, { id }) => {
        const followed = await services.contracts.followed(id, turn.person);
        return followed.duties.some(({ unsaid }) => unsaid)
          ? entryView(followed, 'Le contrat est noté. Il vous demandait déjà ceci : qu’en est-il ?')
          : contractCard(
              turn,
              { contract: id },
              services,
              'Le contrat est noté. Voici ce qu’il vous demande.',
            );
      },
    ),
  ),
);
