import type { Directory, Installer } from '../../src/core/ports/directory.ts';
import type { Person } from '../../src/core/turn.ts';
import { samples } from './catalogue.ts';
import type { fakeTeams } from './fake-teams.ts';
import { giveRole, met } from './organization.ts';
import { admin, alex, channel, diane, nadia, samuel, silentTurn } from './people.ts';
import type { ShownCard } from './shown-card.ts';
import type { Place } from './vocabulary.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** What the author of a notice types. */
export const WORDS = { title: 'Nouvelle version du guide', text: 'Le **guide** est à jour.' };

/** The form of a new notice. */
export const compose = async (teams: Teams, author: Person): Promise<ShownCard> =>
  teams.mustClick(author, await teams.asks(author, 'diffuser'), 'Nouvel avis');

/** A notice written up to the card that shows it before it leaves; to all subscribers unless told otherwise. */
export async function preview(
  teams: Teams,
  author: Person,
  changes: object = {},
  audience: object = {},
): Promise<ShownCard> {
  const form = await compose(teams, author);
  const aim = await teams.mustClick(author, form, 'Continuer', { ...WORDS, ...changes });
  const whom = { groups: 'subscribers', organizations: '', ...audience };
  return teams.mustClick(author, aim, 'Voir avant d’envoyer', whom);
}

/** The card that says to whom, when and how many, of a notice with these fields filled: at once where they are empty. */
export const confirming = (teams: Teams, author: Person, card: ShownCard, hour: object = {}) =>
  teams.mustClick(author, card, 'Continuer', { date: '', time: '', ...hour });

/** Confirms it; the card that takes the place of the one pressed. */
export const confirmed = async (
  teams: Teams,
  author: Person,
  card: ShownCard,
  hour: object = {},
): Promise<ShownCard> => {
  const { verb, data } = (await confirming(teams, author, card, hour)).buttonFor('broadcasts.submit');
  return teams.mustPress(author, verb, data);
};

/** Sends what is due, then redraws the card that follows it. */
export async function settle(teams: Teams): Promise<void> {
  await teams.runJobs();
  teams.clock.advance({ seconds: 6 });
  await teams.runJobs();
}

/** People who follow everything that is published. */
export async function followAll({ services }: Teams, ...people: readonly Person[]): Promise<void> {
  for (const person of people)
    await services.catalogue.subscriptions.subscribe(silentTurn(person), { kind: 'all', id: 'all' });
}

/** Teams as it installs whatever it is asked to. */
export const willing: Installer = {
  catalogues: new Map([[alex.tenantId, alex.tenantId]]),
  forPerson: async () => 'installed',
  forTeam: async () => 'installed',
  consent: async () => 'given',
};

export const TEAM = '44444444-4444-4444-8444-444444444444';
/** The link to a team, as Teams copies it. */
export const linkToTeam = (tenant: string): string =>
  `https://teams.microsoft.com/l/team/19%3Aabc%40thread.tacv2/conversations?groupId=${TEAM}&tenantId=${tenant}`;

/** A directory that knows one group, of whatever name, with Alex in it. */
export const openDirectory: Directory = {
  findByEmail: async () => new Map(),
  groupsNamed: async (name) => [{ tenantId: alex.tenantId, id: TEAM, name }],
  findGroup: async (tenantId, id) => ({ tenantId, id, name: 'Directions' }),
  membersOf: async () => [{ tenantId: alex.tenantId, objectId: alex.objectId }],
};

/** On the first of December, at half past nine. */
export const LATER = { date: '2026-12-01', time: '09:30' };

/** The notices that Diane, of the staff, writes: set up before each test of a suite. */
export function broadcasting(teams: Teams) {
  /** The newest card that follows a sending. */
  const progress = () => teams.newest(diane, 'broadcasts/progress');
  /** Diane writes a notice, up to the card that shows it before it leaves. */
  const drafted = (changes: object = {}, audience: object = {}) => preview(teams, diane, changes, audience);

  return {
    progress,
    drafted,

    async setUp(): Promise<void> {
      await teams.services.catalogue.publication.publish(samples, 'sample');
      await met(teams, alex, nadia, samuel, diane, admin);
      await teams.install(channel);
      await giveRole(teams, diane, 'staff');
      teams.posted.length = 0;
    },

    /** Alex follows everything, Nadia one category, the channel one supplier. */
    async subscribers(): Promise<void> {
      const { subscriptions } = teams.services.catalogue;
      teams.setRoster([alex, nadia]);
      await subscriptions.subscribe(silentTurn(alex), { kind: 'all', id: 'all' });
      await subscriptions.subscribe(silentTurn(nadia), { kind: 'category', id: 'courriel' });
      await subscriptions.subscribe(silentTurn(alex, channel), { kind: 'supplier', id: 'nordet' });
    },

    /** Somebody who follows everything follows nothing any more. */
    async unsubscribes(person: Person): Promise<void> {
      const { subscriptions } = teams.services.catalogue;
      const [held] = await subscriptions.subscriptionsPage(silentTurn(person), 1, 1);
      await subscriptions.unsubscribe(silentTurn(person), held?.id ?? '');
    },

    /** What is said before a notice leaves. */
    asked: (card: ShownCard, hour: object = {}) => confirming(teams, diane, card, hour),

    /** Diane sends a notice; the card that follows it. */
    async sent(changes: object = {}, audience: object = {}): Promise<ShownCard> {
      await confirmed(teams, diane, await drafted(changes, audience));
      await settle(teams);
      return progress();
    },

    received: (place: Place = alex) => teams.received(place, 'broadcasts/message'),
  };
}
