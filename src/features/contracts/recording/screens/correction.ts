import type { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { amountField } from '../../../../core/cards/amount.ts';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { action } from '../../../../core/routes/turns.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { entryView } from '../../duties/screens/entry.ts';
import { head, type SupplierChoices, suppliersOf } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { Contract } from '../../tables.ts';
import { settledBy } from '../rules/correction.ts';
import type { Signed } from '../store/correcting.ts';
import { contractCard } from './contract.ts';

const STALE =
  'Quelqu’un a changé ce contrat entre-temps : rien n’est enregistré. Voyez ce qui est noté maintenant, gardez dans le formulaire ce qui convient, puis enregistrez.';

/** What says otherwise than the contract as it was signed, and what is settled. */
const limitsOf = (now: Contract, row: Signed, settled: string): string[] => [
  ...(now.termEndsOn === row.endsOn
    ? []
    : [`Un avenant signé porte la fin au ${frenchDay(now.termEndsOn)} : il reste tel quel.`]),
  ...(now.amountCents === row.amountCents
    ? []
    : [`Un avenant signé porte le montant à ${frenchMoney(now.amountCents)} : il reste tel quel.`]),
  ...(now.terminatedOn
    ? [`La résiliation notée, le ${frenchDay(now.terminatedOn)}, reste telle quelle.`]
    : []),
  ...(settled === '' ? [] : [settled]),
];

/** A supplier that left the Catalogue is still the contract's. */
const withOwn = (suppliers: SupplierChoices, { supplierId: value, supplierName: title }: Signed) =>
  suppliers.some((each) => each.value === value) ? suppliers : [...suppliers, { title, value }];

/** What is noted now, beside what somebody typed. */
const notedFacts = (row: Signed) => [
  { title: 'Nom', value: escapeMarkdown(row.title) },
  { title: 'Fournisseur', value: escapeMarkdown(row.supplierName) },
  { title: 'Offres', value: escapeMarkdown(row.offers) },
  { title: 'Signé', value: frenchDay(row.signedOn) },
  { title: 'Dure', value: `du ${frenchDay(row.startsOn)} au ${frenchDay(row.endsOn)}` },
  { title: 'Montant', value: frenchMoney(row.amountCents) },
  { title: 'RCTI', value: row.rcti ? 'S’applique' : 'Ne s’applique pas' },
];

/** The form, filled in with what was noted; what that is now is said apart where somebody saw something else. */
async function correctionCard(
  { person }: ActionTurn,
  { contract: id, revision: seen }: z.output<typeof schema.CorrectionSeen>,
  services: ContractServices,
  notice: string,
): Promise<Card> {
  const { contracts } = services;
  const { row, evaluated } = await contracts.asNoted(id, person);
  const now = await contracts.find(id, person);
  const changed = seen !== undefined && seen !== row.revision;
  const limits = limitsOf(now, row, settledBy(evaluated));
  return {
    template: 'contracts/correction',
    summary: notice || 'Corriger ce qui est noté du contrat.',
    view: {
      ...head(now),
      ...noticeView(notice),
      revision: row.revision,
      kept: changed ? notedFacts(row) : [],
      keeps: changed,
      limits: limits.map((text) => ({ text })),
      limited: limits.length > 0,
      suppliers: withOwn(await suppliersOf(services), row),
      title: row.title,
      supplier: row.supplierId,
      offers: row.offers,
      signedOn: row.signedOn,
      startsOn: row.startsOn,
      endsOn: row.endsOn,
      amount: amountField(row.amountCents),
      rcti: String(row.rcti),
      ofFile: row.acquisitionId !== null,
    },
  };
}

export const showCorrection = action('contracts.correction', schema.Reference, draws(correctionCard));

export const correct = forgiving(
  comesBack(schema.CorrectionSeen, correctionCard),
  action(
    'contracts.correct',
    schema.Correct,
    redraws(
      async (turn, { contract, revision, ofFile, ...wanted }, { contracts }: ContractServices) => {
        const unties = ofFile === 'false';
        const kind = await contracts.correct(turn.person, contract, revision, wanted, { unties });
        return unlessStale({ kind }, STALE);
      },
      async (turn, { contract }, services: ContractServices, _word, { kind }) =>
        kind === 'asks'
          ? entryView(
              await services.contracts.followed(contract, turn.person),
              'C’est corrigé. À ces dates, le contrat vous demandait déjà ceci : qu’en est-il ?',
            )
          : contractCard(
              turn,
              { contract },
              services,
              'C’est corrigé. Voici ce que le contrat vous demande.',
            ),
    ),
  ),
);
