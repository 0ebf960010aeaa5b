import { asDate } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { House, Trail } from '../../../../core/manifest.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { action, type MessageRoute } from '../../../../core/routes/turns.ts';
import { startOfDay } from '../../../../core/time/business-days.ts';
import type { People } from '../../roster/store/people.ts';
import { actInWords, idOf, trailOf } from '../rules/wording.ts';
import { doersNamed, type Entry, type Sought, searchTrail } from '../store/search.ts';
import * as cards from './cards.ts';
import { Wanted } from './schema.ts';

export interface JournalServices {
  readonly db: Db;
  readonly house: House;
  readonly people: People;
  readonly timeZone: string;
}

/** The object that a form means: a number needs its kind. */
async function objectOf({ object, kind }: Wanted, trails: readonly Trail[]): Promise<string | undefined> {
  if (object === '') return undefined;
  const number = /^(?:n[o°º]\s*)?(\d{1,9})$/i.exec(object)?.[1];
  if (number === undefined) return object;
  const trail = trails.find(({ prefix }) => prefix === kind);
  if (!trail?.find)
    throw new CourtierError(
      'invalid',
      'Pour chercher un numéro, choisissez aussi un genre d’objet qui en porte.',
    );
  // What has no such number was done by nobody: an id that nothing has.
  return (await trail.find(Number(number))) ?? `nº ${number}`;
}

async function soughtOf(wanted: Wanted, { db, house }: JournalServices): Promise<Sought> {
  const { kind, person, from, to } = wanted;
  if (from !== '' && to !== '' && to < from)
    throw new CourtierError('invalid', 'La fin de la période est avant son début.');
  const object = await objectOf(wanted, house.trails());
  return {
    ...(kind !== '' && { prefix: kind }),
    ...(object !== undefined && { object }),
    ...(person !== '' && { doers: await doersNamed(db, person) }),
    ...(from !== '' && { from: asDate(startOfDay(Temporal.PlainDate.from(from))) }),
    ...(to !== '' && { until: asDate(startOfDay(Temporal.PlainDate.from(to).add({ days: 1 }))) }),
  };
}

/** Each entry in words: names as Teams gives them, and objects by their numbers, never by what somebody wrote. */
async function told(rows: readonly Entry[], { house, people }: JournalServices): Promise<cards.ToldEntry[]> {
  const trails = house.trails();
  const names = await people.names(rows);
  const objects = new Map<Trail, ReadonlyMap<string, string>>();
  for (const [trail, these] of Map.groupBy(rows, ({ action }) => trailOf(action, trails)))
    if (trail) objects.set(trail, await trail.names([...new Set(these.map(({ object }) => idOf(object)))]));
  return rows.map(({ at, tenantId: _tenant, objectId, action: act, object }) => {
    const trail = trailOf(act, trails);
    const name = trail && objects.get(trail)?.get(idOf(object));
    return {
      at,
      who:
        objectId === ''
          ? 'L’assistant'
          : (names.get(objectId) ?? `Une personne inconnue ou effacée (${objectId})`),
      did: actInWords(act, trails),
      what: trail ? [trail.one, name].filter(Boolean).join(' ') : '',
    };
  });
}

async function journal(wanted: Wanted, services: JournalServices) {
  const { rows, page, total } = await searchTrail(
    services.db,
    await soughtOf(wanted, services),
    wanted.page,
    cards.PAGE,
  );
  return cards.journalCard({
    wanted: { ...wanted, page },
    entries: await told(rows, services),
    total,
    trails: services.house.trails(),
    timeZone: services.timeZone,
  });
}

export const message: MessageRoute<JournalServices> = {
  command: 'journal',
  minor: true,
  aliases: ['journal des actions'],
  description: 'Chercher qui a fait quoi, et quand',
  role: 'admin',
  scopes: ['personal'],
  async handle(turn, services) {
    await turn.reply(await journal(Wanted.parse({}), services));
  },
};

export const search = action(
  'people.journal',
  Wanted,
  async (turn, wanted, services: JournalServices) => {
    if (turn.conversation.kind !== 'personal')
      throw new CourtierError('refused', 'Le journal ne se lit que dans notre conversation personnelle.');
    turn.update(await journal(wanted, services));
  },
  'admin',
);
