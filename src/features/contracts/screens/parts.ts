import { escapeMarkdown } from '../../../core/text/text.ts';
import type { Contract } from '../tables.ts';
import type { ContractServices } from './services.ts';

/** Rows of a list on one card. */
export const PAGE = 6;

/** What every card of a contract begins with. */
export const head = (contract: Contract) => ({
  contract: contract.id,
  name: escapeMarkdown(contract.title),
  number: `Contrat nº ${contract.number} · ${escapeMarkdown(contract.supplierName)}`,
});

export type SupplierChoices = readonly { readonly title: string; readonly value: string }[];

/** The suppliers of the Catalogue, to choose one. */
export async function suppliersOf({
  catalogue,
}: Pick<ContractServices, 'catalogue'>): Promise<SupplierChoices> {
  const { fiches } = await catalogue.current();
  return fiches
    .map(({ supplier }) => ({ title: supplier.name, value: supplier.id }))
    .sort((a, b) => a.title.localeCompare(b.title, 'fr'));
}
