import { newId } from '../../src/core/id.ts';
import type { Conversation, Person, Turn } from '../../src/core/turn.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const OTHER_TENANT = '22222222-2222-4222-8222-222222222222';

const person = (n: number, name: string, tenantId = TENANT): Person => ({
  tenantId,
  objectId: `aaaaaaaa-0000-4000-8000-00000000000${n}`,
  name,
});

export const alex = person(1, 'Alex Gagnon');
export const nadia = person(2, 'Nadia Benali');
/** Staff in the tests that make her so. */
export const diane = person(3, 'Diane Tremblay');
export const samuel = person(4, 'Samuel Roy');
/** Administrator by configuration, in every test. */
export const admin = person(5, 'Odile Fortin');
/** The same object id as Alex, in another tenant. */
export const foreigner: Person = { ...alex, tenantId: OTHER_TENANT, name: 'Intrus' };

export const personalChat = ({ tenantId, objectId }: Person): Conversation => ({
  id: `chat-${tenantId.slice(0, 4)}-${objectId}`,
  kind: 'personal',
  tenantId,
});
export const channel: Conversation = {
  id: '19:projet@thread.tacv2',
  kind: 'channel',
  tenantId: TENANT,
  teamId: 'team-1',
  name: 'Projet',
};
export const group: Conversation = { id: '19:groupe@thread.v2', kind: 'group', tenantId: TENANT };
export const staffRoom: Conversation = {
  id: '19:equipe@thread.tacv2',
  kind: 'channel',
  tenantId: TENANT,
  teamId: 'team-2',
  name: 'Équipe',
};

/** How a form names a person: the tenant, then the object id. */
export const keyOf = ({ tenantId, objectId }: Person): string => `${tenantId}/${objectId}`;

/** So many people of Alex's tenant whom nobody knows yet. */
export const strangers = (count: number): Person[] =>
  Array.from({ length: count }, (_, n) => ({
    ...alex,
    objectId: `bbbbbbbb-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`,
    name: `Personne ${n}`,
  }));

/** A turn of somebody, whose replies nobody reads. */
export const silentTurn = (person: Person, conversation: Conversation = personalChat(person)): Turn => ({
  person,
  conversation,
  effect: newId(),
  reply: async () => '',
  revise: async () => {},
});
