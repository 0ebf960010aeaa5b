import type { Card, Content } from '../../../core/card.ts';
import { editionText } from '../../../core/guide/index.ts';
import type { House } from '../../../core/manifest.ts';
import type { HelpPlace, MessageRoute, Picture, Role } from '../../../core/routes/turns.ts';
import { capital, escapeMarkdown, shorten } from '../../../core/text/text.ts';
import type { Conversation, Turn } from '../../../core/turn.ts';
import type { People } from '../../people/index.ts';

export interface TourServices {
  readonly people: People;
  readonly house: Pick<
    House,
    'commands' | 'isAnsweredIn' | 'examples' | 'latestUnderWay' | 'underWayCommand' | 'chatLink'
  >;
}

interface Group {
  readonly title: string;
  readonly picture: Picture;
}

/** What a client may do, in the order in which it comes up. */
const GROUPS: Readonly<Record<HelpPlace['group'], Group>> = {
  ask: { title: 'Poser une question', picture: { icon: 'ChatHelp', sign: '💬' } },
  buy: { title: 'Acheter', picture: { icon: 'Cart', sign: '🛒' } },
  contracts: { title: 'Mes contrats', picture: { icon: 'DocumentText', sign: '📄' } },
  settings: { title: 'Mes réglages', picture: { icon: 'Settings', sign: '⚙️' } },
};
const ORDER = Object.keys(GROUPS);
/** What only some have: apart, after the rest. */
const APART: Readonly<Record<Exclude<Role, 'client'>, Group>> = {
  staff: { title: 'Équipe du Courtier', picture: { icon: 'People', sign: '👥' } },
  admin: { title: 'Administration', picture: { icon: 'Shield', sign: '🛡️' } },
};
const RANK: Readonly<Record<Role, number>> = { client: 0, staff: 1, admin: 2 };

type Command = MessageRoute<never> & { readonly runnable: boolean };

/** The commands that a person may use, in a shared place those alone that are answered there. */
async function usableBy(turn: Turn, { people, house }: TourServices): Promise<readonly Command[]> {
  const role = await people.roleOf(turn.person);
  const allowed = house
    .commands()
    .filter((route) => route.command !== 'aide' && RANK[route.role] <= RANK[role]);
  const all = await Promise.all(
    allowed.map(async (route) => ({
      ...route,
      runnable: await house.isAnsweredIn(route, turn.conversation),
    })),
  );
  return isPersonal(turn.conversation) ? all : all.filter(({ runnable }) => runnable);
}

/** A folded heading: what is under it is named before it is opened. */
function groupView(
  id: string,
  { title, picture }: Group,
  commands: readonly Command[],
  house: TourServices['house'],
) {
  const asks = id === 'ask';
  const examples = asks ? house.examples() : [];
  const named = (runnable: boolean) =>
    commands
      .filter((each) => each.runnable === runnable)
      .map(({ command, description }) => ({ command, description, label: description }));
  return {
    id,
    title,
    ...picture,
    names: commands.map(({ command }) => command).join(' · '),
    open: asks,
    examples,
    commands: named(true),
    elsewhere: named(false),
  };
}

interface Ways extends Pick<TourServices, 'house'> {
  /** Whether these are the first words: some ways in are for them alone. */
  readonly greets: boolean;
}

/** What comes before all headings: what the person has under way, and the ways in. */
async function waysIn(turn: Turn, commands: readonly Command[], { house, greets }: Ways) {
  const underWay = isPersonal(turn.conversation) ? await house.latestUnderWay(turn.person) : undefined;
  return commands
    .flatMap((each) =>
      each.help?.first && each.runnable && (greets || !each.help.first.greeting)
        ? [{ ...each, help: each.help, ...each.help.first }]
        : [],
    )
    .sort((one, other) => ORDER.indexOf(one.help.group) - ORDER.indexOf(other.help.group))
    .map(({ command, description, icon, sign }) => {
      const current = underWay && command === house.underWayCommand() ? underWay : undefined;
      return {
        command,
        icon,
        sign,
        label: current ? `Continuer : ${shorten(current.title, 80)}` : description,
        title: current ? escapeMarkdown(shorten(current.title, 80)) : capital(command),
        text: current ? `En cours · ${current.step}` : description,
      };
    });
}

const GREETING = {
  label: 'Bienvenue',
  title: 'Bonjour, je suis Courtier',
  intro:
    'Je réponds à vos questions sur le Catalogue d’offres infonuagiques, et je vous accompagne du premier besoin au contrat signé. Écrivez-moi comme à un collègue : quand je ne sais pas, je le dis.',
};
const HELP = {
  label: 'Aide',
  title: 'Ce que je sais faire',
  intro: 'Posez votre question comme elle vous vient, ou partez d’ici.',
};

async function tourCard(turn: Turn, services: TourServices, words: typeof HELP): Promise<Card> {
  const { house } = services;
  const usable = await usableBy(turn, services);
  const clients = (group: string) =>
    usable.filter(
      ({ role, help }) => role === 'client' && !help?.first && (help?.group ?? 'settings') === group,
    );
  const groups = [
    ...Object.entries(GROUPS).map(([id, group]) => groupView(id, group, clients(id), house)),
    ...Object.entries(APART).map(([id, group]) =>
      groupView(
        id,
        group,
        usable.filter(({ role }) => role === id),
        house,
      ),
    ),
  ].filter(({ commands, elsewhere }) => commands.length + elsewhere.length > 0);
  const personal = isPersonal(turn.conversation);
  const chat = personal ? undefined : house.chatLink();
  return {
    template: 'welcome/help',
    summary: `${words.title}. Commandes : ${usable.map((route) => route.command).join(', ')}.`,
    view: {
      ...words,
      edition: editionText(),
      first: await waysIn(turn, usable, { house, greets: words === GREETING }),
      groups,
      personal,
      linked: chat !== undefined,
      chat: chat ?? '',
    },
  };
}

const isPersonal = ({ kind }: Conversation): boolean => kind === 'personal';

/** What this person can do here: commands above their role are not shown. */
export const helpCard = (turn: Turn, services: TourServices): Promise<Card> => tourCard(turn, services, HELP);

/** What this person can do here, as the first words of a personal chat. */
export const greetingCard = (turn: Turn, services: TourServices): Promise<Card> =>
  tourCard(turn, services, GREETING);

/**
 * Where to go with what was written in a shared place: a button leads there, with the same words, where Teams knows the
 * assistant; another shows to those around what they may know.
 */
export const elsewhereContent = (
  sentence: string,
  chat: string | undefined,
  team: string | undefined,
): Content =>
  chat === undefined && team === undefined
    ? sentence
    : {
        template: 'welcome/elsewhere',
        summary: sentence,
        view: {
          text: escapeMarkdown(sentence),
          chat: chat ?? '',
          linked: chat !== undefined,
          team: team ?? '',
          shared: team !== undefined,
          alone: team === undefined,
        },
      };
