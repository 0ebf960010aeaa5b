import type { Conversation, Person } from '../../src/core/turn.ts';

/** How large a world is. */
export interface Sizes {
  readonly bodies: number;
  readonly members: number;
  readonly staff: number;
  readonly suppliers: number;
  /** How many contracts there are already when it begins. */
  readonly contracts: number;
  readonly months: number;
  /** How many sessions of somebody without an aim there are in a month. */
  readonly sessions: number;
  /** How often in a month clients come for something else than their project. */
  readonly errands: number;
  /** How many bodies have a project under way. */
  readonly projects: number;
  /** How often in a day the house looks at its schedule. */
  readonly ticks: number;
  /** How many days pass between two nights in which what is old is purged: upkeep that may be missed without harm. */
  readonly nights: number;
  /** How many days pass between two looks at all that is in the database. */
  readonly judged: number;
}

/** The year of the test suite. */
export const SMALL: Sizes = {
  bodies: 2,
  members: 2,
  staff: 2,
  suppliers: 3,
  contracts: 0,
  months: 12,
  sessions: 1,
  errands: 4,
  projects: 1,
  ticks: 1,
  nights: 30,
  judged: 6,
};

/** The words of the bodies, wherever they are written. */
export const CODES = /Quetzal\d+x/g;

export interface Actor {
  readonly person: Person;
  readonly kind: 'client' | 'staff' | 'admin';
  readonly chat: Conversation;
  readonly body: string;
  /** A word that they write everywhere, and that is of their body alone. */
  readonly code: string;
  /** What their body says of itself (guide 2.4), and whether article 48 of the RCTI binds it (3.4.3). */
  readonly says: { readonly kind: string; readonly bound: 'yes' | 'no' };
}

const TENANTS = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;

/** Bodies of the guide's four kinds (2.4). */
const KINDS = [
  { name: 'Ministère', kind: 'lcop4' },
  { name: 'Société', kind: 'lcop7' },
  { name: 'Ville', kind: 'municipal' },
  { name: 'Régie', kind: 'cspq8' },
] as const;
const PLACES = [
  'des Forêts',
  'du Fleuve',
  'de Tadoussac',
  'des Archives',
  'des Dunes',
  'de Matane',
  'du Phare',
];
const FIRST = ['Alex', 'Nadia', 'Samuel', 'Maude', 'Yan', 'Rosalie', 'Idris', 'Florence', 'Mathis', 'Odile'];
const LAST = ['Gagnon', 'Benali', 'Roy', 'Tremblay', 'Nguyen', 'Picard', 'Diallo', 'Fortin', 'Bouchard'];

const nameOf = (n: number): string =>
  `${FIRST[n % FIRST.length]} ${LAST[(n * 7 + Math.floor(n / FIRST.length)) % LAST.length]}`;

const chatOf = ({ tenantId, objectId }: Person): Conversation => ({
  id: `chat-${tenantId.slice(0, 4)}-${objectId}`,
  kind: 'personal',
  tenantId,
});

export const staffRoom: Conversation = {
  id: '19:equipe@thread.tacv2',
  kind: 'channel',
  tenantId: TENANTS[0],
  teamId: 'team-2',
  name: 'Équipe',
};

/** Everybody of a world: clients of several bodies, several bodies in a tenant; then the broker's people. */
export function castOf({ bodies, members, staff }: Sizes): readonly Actor[] {
  let n = 0;
  const actor = (
    kind: Actor['kind'],
    tenantId: string,
    body: string,
    code: string,
    says: Actor['says'] = { kind: 'lcop4', bound: 'yes' },
  ): Actor => {
    const at = ++n;
    const person: Person = {
      tenantId,
      objectId: `aaaaaaaa-0000-4000-8000-${String(at).padStart(12, '0')}`,
      name: `${nameOf(at)}${at > FIRST.length * 3 ? ` ${at}` : ''}`,
    };
    return { person, kind, chat: chatOf(person), body, code, says };
  };
  const clients = Array.from({ length: bodies }, (_, b) => {
    const place = PLACES[b % PLACES.length];
    const { name, kind } = KINDS[b % KINDS.length] ?? KINDS[0];
    const body = `${name} ${place}${b >= PLACES.length ? ` nº ${b + 1}` : ''}`;
    const tenant = TENANTS[b % 3 === 2 ? 1 : 0];
    // A ministry of article 4 may buy because article 48 binds it; of the others, every second one is bound.
    const bound = kind === 'lcop4' || b % 2 === 1 ? 'yes' : 'no';
    return Array.from({ length: members }, () =>
      actor('client', tenant, body, `Quetzal${b + 1}x`, { kind, bound }),
    );
  }).flat();
  const team = Array.from({ length: staff }, () => actor('staff', TENANTS[0], 'Courtier', 'Courtier0x'));
  return [...clients, ...team, actor('admin', TENANTS[0], 'Courtier', 'Courtier0x')];
}
