import { wrongField } from '../../../../core/cards/refused.ts';
import { frenchDay } from '../../../../core/clock.ts';
import type { Contracts } from '../../../contracts/index.ts';
import type { Organizations } from '../../../people/index.ts';
import { type Scope, type ScopeNames, scopeLines } from '../rules/scope.ts';

export interface ScopeServices {
  readonly contracts: Pick<Contracts, 'contractSuppliers'>;
  readonly organizations: Organizations;
}

/** What the form of a campaign sends of its scope. */
export interface ScopeTyped {
  readonly suppliers: readonly string[];
  /** Names of bodies, parted by semicolons. */
  readonly bodies: string;
  readonly endsFrom: string;
  readonly endsTo: string;
}

async function bodyMeant(name: string, organizations: Organizations): Promise<string> {
  const body = await organizations.bodyNamed(name);
  if (body) return body.id;
  const [near] = await organizations.near(name);
  throw wrongField(
    'bodies',
    `« ${name} » n’est le nom d’aucun organisme connu.${near ? ` Vouliez-vous dire « ${near.name} » ?` : ''}`,
  );
}

/** The scope that a form means. Refuses, beside its field, a body that nobody knows and days in the wrong order. */
export async function scopeOf(typed: ScopeTyped, { organizations }: ScopeServices): Promise<Scope> {
  const { suppliers, endsFrom, endsTo } = typed;
  if (endsFrom !== '' && endsTo !== '' && endsTo < endsFrom)
    throw wrongField('endsTo', `Choisissez un jour à partir du ${frenchDay(endsFrom)}.`);
  const names = typed.bodies.split(/[;\n]/).flatMap((name) => name.trim() || []);
  const bodies: string[] = [];
  for (const name of names) bodies.push(await bodyMeant(name, organizations));
  return {
    ...(suppliers.length > 0 && { suppliers: [...suppliers] }),
    ...(bodies.length > 0 && { bodies: [...new Set(bodies)] }),
    ...(endsFrom !== '' && { endsFrom }),
    ...(endsTo !== '' && { endsTo }),
  };
}

/** What is chosen of suppliers, in the form of a campaign. */
export const supplierChoices = async ({ contracts }: ScopeServices) =>
  (await contracts.contractSuppliers()).map(({ id, name }) => ({ title: name, value: id }));

/** A scope in words. */
export async function scopeWords(
  scope: Scope,
  { contracts, organizations }: ScopeServices,
): Promise<string[]> {
  const names: ScopeNames = {
    suppliers: new Map(
      scope.suppliers ? (await contracts.contractSuppliers()).map(({ id, name }) => [id, name]) : [],
    ),
    bodies: await organizations.namesOf(scope.bodies ?? []),
  };
  return scopeLines(scope, names);
}

/** What the form shows again of a scope. */
export async function scopeTyped(scope: Scope, { organizations }: ScopeServices) {
  const names = await organizations.namesOf(scope.bodies ?? []);
  return {
    suppliers: (scope.suppliers ?? []).join(','),
    bodies: (scope.bodies ?? []).map((id) => names.get(id) ?? '').join(' ; '),
    endsFrom: scope.endsFrom ?? '',
    endsTo: scope.endsTo ?? '',
  };
}
