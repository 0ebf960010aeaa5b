import { CourtierError, notFound } from '../core/errors.ts';
import type { Feature } from '../core/feature.ts';
import { idsAmong } from '../core/id.ts';
import type { Holding, House, Member, Outside, Relying } from '../core/manifest.ts';
import type { Recalls } from '../core/recalls.ts';
import type { Router } from '../core/router.ts';
import type { RelyingRoute } from '../core/routes/keeping.ts';
import { quotasOf } from '../core/routes/turns.ts';
import type { AgendaItem, SentRequest, Wait } from '../core/routes/waiting.ts';
import { chatLink } from '../core/text/chat-link.ts';
import { inOrder } from './in-order.ts';

/** What is not there is told as such; anything else is a failure. */
const absent = (error: unknown): undefined => {
  if (!(error instanceof CourtierError) || error.kind !== 'notFound') throw error;
};

const asSubject = (said: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof said === 'object' && said !== null ? Object.fromEntries(Object.entries(said)) : undefined;

/** What has a date first, as it comes. */
const byDate = ({ on: one }: AgendaItem, { on: other }: AgendaItem): number =>
  one && other ? Temporal.PlainDate.compare(one, other) : Number(!one) - Number(!other);

/** What a new office puts in place, of all features in order, as it stands when it is asked. */
function firstStepsOf<S>(features: readonly Member<S>[], services: () => S): House['firstSteps'] {
  const routes = features.flatMap(({ firstSteps }) => firstSteps ?? []).sort((a, b) => a.rank - b.rank);
  return (person) =>
    Promise.all(
      routes.map(async ({ rank: _rank, stands, ...step }) => ({
        ...step,
        ...(await stands(person, services())),
      })),
    );
}

/** What of a feature rests on what a fiche says, ready to be asked. */
const reliedBy = <S>({ audience, of, noun, count }: RelyingRoute<S>, services: () => S): Relying => ({
  noun,
  count: (on) => count(on, services()),
  audience: (on) => audience(on, services()),
  of: (on, person) => of(on, person, services()),
});

/** What all features have people reminded of; a thing begins with the id of its feature. */
function recallsOf<S>(features: readonly Member<S>[], services: () => S): Recalls {
  return {
    async *due() {
      for (const { recalls } of features) if (recalls) yield* recalls.due(services());
    },
    async of(person) {
      const found = await Promise.all(
        features.flatMap(({ recalls }) => (recalls ? [recalls.of(person, services())] : [])),
      );
      return found.flat();
    },
    async open(turn, thing) {
      const route = features.find(({ id }) => thing.startsWith(`${id}:`));
      if (!route?.recalls) throw notFound();
      return route.recalls.open(turn, thing.slice(route.id.length + 1), services());
    },
  };
}

/** Of what waits, some by their ids, or all: a feature may list others too. */
const someOf = async (listed: Promise<readonly Wait[]>, only: readonly string[] | undefined) =>
  (await listed).filter(({ id }) => !only || only.includes(id));

/** What one feature may ask of all of them, by what their manifests declare. */
export function houseOf<S>(
  features: readonly Member<S>[],
  { retention: around, settings }: Pick<Outside, 'retention' | 'settings'>,
  services: () => S,
  router: () => Router,
): House {
  const answers = features.flatMap((feature) => feature.answers ?? []);
  const underWay = features.find((feature) => feature.underWay)?.underWay;
  const quotas = quotasOf(features);
  const holdingOf = ({ privacy }: Pick<Feature<S>, 'privacy'>): readonly Holding[] =>
    privacy
      ? [
          {
            title: privacy.title,
            export: (person) => privacy.export(person, services()),
            erase: (tx, person) => privacy.erase(tx, person, services()),
            fates: async (person) => privacy.fates?.(person, services()) ?? [],
          },
        ]
      : [];
  return {
    commands: () => features.flatMap(({ messages }) => messages),
    run: (turn) => router().message(turn),
    isAnsweredIn: (route, conversation) => router().isAnsweredIn(route, conversation),
    privacies: () => features.flatMap(holdingOf),
    erasings: () => inOrder(features).toReversed().flatMap(holdingOf),
    retentions: () => [...features.flatMap(({ retention }) => retention ?? []), ...around],
    holds: () => features.flatMap(({ holds }) => holds ?? []),
    bodies: () =>
      features
        .flatMap(({ bodies }) => bodies ?? [])
        .map(({ count, ...rest }) => ({
          ...rest,
          count: (person, organization) => count(person, organization, services()),
        })),
    async merge(tx, from, into) {
      for (const feature of features) await feature.merge?.(tx, from, into, services());
    },
    ties: () => features.flatMap(({ ties }) => ties?.(services()) ?? []),
    relying: () => features.flatMap(({ relying }) => relying ?? []).map((each) => reliedBy(each, services)),
    charges: () =>
      features
        .flatMap(({ charges }) => charges ?? [])
        .map(({ noun, command, count, hand }) => ({
          noun,
          command,
          count: (person) => count(person, services()),
          hand: (tx, person, heir) => hand(tx, person, heir, services()),
        })),
    trails: () =>
      features
        .flatMap(({ trails }) => trails ?? [])
        .map(({ names, find, ...rest }) => ({
          ...rest,
          names: async (ids) => names?.(ids, services()) ?? new Map(),
          ...(find && { find: (number: number) => find(number, services()) }),
        })),
    noticeKinds: () => features.flatMap(({ notices }) => notices ?? []),
    async noticeAbout(kind, subject, person) {
      const route = features.flatMap(({ notices }) => notices ?? []).find((each) => each.kind === kind);
      return (await route?.about?.(subject, person, services()).catch(absent)) ?? '';
    },
    downloads: () =>
      features
        .flatMap(({ downloads }) => downloads ?? [])
        .map(({ kind, handle }) => ({ kind, handle: (subject) => handle(subject, services()) })),
    pages: () =>
      features
        .flatMap(({ pages }) => pages ?? [])
        .map(({ handle, about, former, ...rest }) => ({
          ...rest,
          handle: (subject, form) => handle(subject, form, services()),
          about: (subject) => about(subject, services()).catch(absent),
          subjectOf: async (said) => asSubject(former ? await former(said, services()) : said),
        })),
    read(place) {
      const reading = features.find((feature) => feature.reading)?.reading;
      if (!reading) throw notFound();
      return reading.handle(place, services());
    },
    quotas: () => quotas,
    knows: (word, written) => answers.some((each) => each.knows(word, services(), written)),
    answers: (text) => answers.some((each) => each.surely(text, services())),
    async agenda(person) {
      const items: AgendaItem[] = [];
      for (const { agenda } of features) items.push(...((await agenda?.(person, services())) ?? []));
      return items.sort(byDate);
    },
    async events(person) {
      const items = [];
      for (const { events } of features) items.push(...((await events?.(person, services())) ?? []));
      const replaced = new Set(items.flatMap(({ insteadOf = [] }) => insteadOf));
      return items.filter(({ id }) => !replaced.has(id));
    },
    recalls: recallsOf(features, services),
    async requests(person) {
      const sent: SentRequest[] = [];
      for (const { requests } of features) sent.push(...((await requests?.(person, services())) ?? []));
      return sent.sort((a, b) => b.at.getTime() - a.at.getTime());
    },
    firstSteps: firstStepsOf(features, services),
    waits: () =>
      features
        .flatMap(({ waits }) => waits ?? [])
        .map(({ kind, noun, list, open, assign }) => ({
          kind,
          noun,
          list: (only) => someOf(list(services(), only && idsAmong(only)), only),
          open: (id) => open(id, services()),
          ...(assign && {
            assign: (tx, by, id, seen, owner) => assign(tx, by, id, seen, owner, services()),
          }),
        })),
    holdersOf: async (kind, ids) =>
      features.find(({ holders }) => holders)?.holders?.(kind, ids, services()) ?? new Map(),
    examples: () => answers.flatMap((each) => each.examples(services())),
    chatLink: (words) => chatLink(settings.bot?.id, words),
    underWayCommand: () => underWay?.command ?? '',
    latestUnderWay: async (person) => underWay?.latest(person, services()),
    findUnderWay: async (person, id) => underWay?.find(person, id, services()),
  };
}
