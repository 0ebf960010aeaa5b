import { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import { type Clock, frenchDate } from '../../../core/clock.ts';
import { notFound } from '../../../core/errors.ts';
import { Id } from '../../../core/id.ts';
import type { House } from '../../../core/manifest.ts';
import type { Documents } from '../../../core/ports/documents.ts';
import type { PageRoute } from '../../../core/routes/pages.ts';
import { action } from '../../../core/routes/turns.ts';
import { ofName } from '../../../core/text/text.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import type { Person } from '../../../core/turn.ts';
import type { PageLinks, People } from '../../people/index.ts';

export interface FeedServices {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly events: House['events'];
  readonly pageLinks: PageLinks;
  readonly people: People;
}

const Subject = z.strictObject({ tenantId: z.string(), objectId: z.string() });
/** Days during which a link answers; asked for again, it answers as long again. */
const FEED_DAYS = 365;
const KIND = 'welcome.feed';

type Link = Awaited<ReturnType<PageLinks['issue']>>;

const feedCard = ({ id, number, url, until }: Link): Card => ({
  template: 'welcome/feed',
  summary: 'Vos contrats, vos rencontres et vos évaluations dans votre agenda.',
  view: {
    url,
    link: id,
    title: `Lien nº ${number}`,
    until: frenchDate(brokerDate(until)),
  },
});

const untilOf = ({ clock }: FeedServices): Temporal.Instant => clock.now().add({ hours: 24 * FEED_DAYS });

/** One's own link: the one that holds, or a new one. */
const linkOf = (person: Person, services: FeedServices): Promise<Link> => {
  const { tenantId, objectId } = person;
  return services.pageLinks.issue(KIND, { tenantId, objectId }, untilOf(services), person);
};

/** Where one's own calendar is. */
export const openFeed = action(KIND, z.object({}), async (turn, _input, services: FeedServices) => {
  await turn.reply(feedCard(await linkOf(turn.person, services)));
  turn.notify('Le lien est ci-dessous.');
});

/** Another link in the place of one's own, which holds no more; asked for twice, it is one. */
export const renewFeed = action(
  'welcome.renewFeed',
  z.object({ link: Id }),
  async (turn, { link }, services: FeedServices) => {
    const whose = turn.person;
    const replaced = await services.pageLinks.replace(whose, link, { whose, until: untilOf(services) });
    turn.update(feedCard(replaced ?? (await linkOf(whose, services))));
  },
);

/** A person's own calendar: what every feature has of it, as they see it when it is read. */
export const feedPage: PageRoute<FeedServices> = {
  kind: KIND,
  title: 'Agenda d’une personne',
  suffix: '.ics',
  loses:
    'L’agenda de cette personne ne recevra plus ses contrats, ses rencontres ni ses évaluations. Elle peut demander un autre lien.',
  again:
    'Votre agenda suivait vos contrats, vos rencontres et vos évaluations : dans Teams, écrivez « mon agenda » à Courtier, puis abonnez votre agenda au nouveau lien.',
  async about(subject, { people }) {
    const known = await people.findPerson(Subject.parse(subject));
    if (!known) throw notFound();
    return `Agenda ${ofName(known.name)}`;
  },
  async handle(subject, form, { people, events, documents, clock }) {
    const person = Subject.parse(subject);
    if (form || !(await people.findPerson(person))) throw notFound();
    const body = await documents.agenda('Courtier', await events(person), clock.now());
    return { status: 200, mediaType: 'text/calendar', body };
  },
};
