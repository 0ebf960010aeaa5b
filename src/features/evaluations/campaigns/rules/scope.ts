import { z } from 'zod';
import { frenchDay } from '../../../../core/clock.ts';

/** Which contracts a campaign is about, among those that its dates concern; what is absent narrows nothing. */
export const Scope = z.object({
  suppliers: z.array(z.string().min(1).max(100)).max(100).optional(),
  /** Ids of bodies. */
  bodies: z.array(z.uuid()).max(300).optional(),
  endsFrom: z.iso.date().optional(),
  endsTo: z.iso.date().optional(),
});
export type Scope = z.output<typeof Scope>;

/** How what a scope names is called. */
export interface ScopeNames {
  readonly suppliers: ReadonlyMap<string, string>;
  readonly bodies: ReadonlyMap<string, string>;
}

const listed = (ids: readonly string[] = [], names: ReadonlyMap<string, string>): string =>
  ids.map((id) => names.get(id) ?? id).join(', ');

function endsText({ endsFrom, endsTo }: Scope): string {
  if (endsFrom && endsTo) return `Contrats qui finissent du ${frenchDay(endsFrom)} au ${frenchDay(endsTo)}`;
  if (endsFrom) return `Contrats qui finissent le ${frenchDay(endsFrom)} ou après`;
  return endsTo ? `Contrats qui finissent le ${frenchDay(endsTo)} ou avant` : '';
}

/** A scope in words, a line each; « Tous les contrats » where it narrows nothing. */
export function scopeLines(scope: Scope, { suppliers, bodies }: ScopeNames): string[] {
  const lines = [
    scope.suppliers?.length ? `Fournisseurs : ${listed(scope.suppliers, suppliers)}` : '',
    scope.bodies?.length ? `Organismes : ${listed(scope.bodies, bodies)}` : '',
    endsText(scope),
  ].filter(Boolean);
  return lines.length > 0 ? lines : ['Tous les contrats'];
}
