import type { Card } from '../../../../core/card.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Emptying, Silent } from '../store/silence.ts';

/** Bodies, and people of each, that one card names. */
const MOST_BODIES = 10;
const MOST_NAMES = 3;

const dated = (at: Date): string => frenchDate(brokerDate(at));

/** Somebody silent: what is to be forgotten of them, when, and how to stay. */
export const silenceCard = ({ lastSeen, from, organization }: Silent): Card => ({
  template: 'people/silence',
  summary: `Êtes-vous toujours là ? Sans nouvelles de vous, j’oublierai votre nom à partir du ${dated(from)}.`,
  view: {
    seen: dated(lastSeen),
    from: dated(from),
    hasOrganization: organization !== undefined,
    organization: escapeMarkdown(organization ?? ''),
  },
});

/** Somebody came back: in time, or after they were forgotten. */
export const stillHereCard = (stayed: boolean): Card => ({
  template: 'people/still-here',
  summary: stayed
    ? 'Merci, c’est noté : rien n’est oublié.'
    : 'Bon retour. Redites-moi pour quelle organisation vous travaillez.',
  view: { stayed },
});

/** For the staff: bodies of which nobody confirmed will be left. */
export const emptyingCard = (bodies: readonly Emptying[]): Card => ({
  template: 'people/emptying',
  summary: `${count(bodies.length, 'organisme n’aura', 'organismes n’auront')} bientôt plus personne de confirmé.`,
  view: {
    headline: `${count(bodies.length, 'organisme n’aura', 'organismes n’auront')} bientôt plus personne de confirmé`,
    bodies: bodies.slice(0, MOST_BODIES).map(({ organization, names, from }) => ({
      organization: escapeMarkdown(organization),
      from: dated(from),
      people: escapeMarkdown(namesOf(names)),
    })),
    hasMore: bodies.length > MOST_BODIES,
    more: count(bodies.length - MOST_BODIES, 'autre organisme', 'autres organismes'),
  },
});

const namesOf = (names: readonly string[]): string =>
  [
    ...names.slice(0, MOST_NAMES),
    ...(names.length > MOST_NAMES ? [count(names.length - MOST_NAMES, 'autre')] : []),
  ].join(', ');
