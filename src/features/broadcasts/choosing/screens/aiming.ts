import { action } from '../../../../core/routes/turns.ts';
import { choiceOf } from '../../rules/audience.ts';
import { audience, type BroadcastServices, current, STALE, shown } from '../../screens/current.ts';
import * as schema from '../../screens/schema.ts';
import type { Broadcast } from '../../store/records.ts';
import { bodiesOf, unknownText } from './named.ts';

export const aim = action(
  'broadcasts.aim',
  schema.Aimed,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.findBroadcast(broadcast);
    turn.update(row.state === 'draft' ? await audience(row, services) : await current(row, services, STALE));
  },
  'staff',
);

/**
 * What a form of the audience means for a draft: what it does not ask stays. Cards of the release before send ids and
 * names of bodies, and the lists; the names that nobody has are told.
 */
export async function wantedOf(
  { groups, organizations, bodies, lists }: schema.Choice,
  { audience: was }: Broadcast,
  services: BroadcastServices,
) {
  const named = bodies === undefined ? { ids: [], unknown: [] } : await bodiesOf(bodies, services);
  const asks = organizations !== undefined || bodies !== undefined;
  const ids = asks ? [...new Set([...(organizations ?? []), ...named.ids])] : was.organizations;
  return { wanted: choiceOf(groups, ids, lists ?? was.lists ?? []), unknown: named.unknown };
}

export const choose = action(
  'broadcasts.choose',
  schema.Choice,
  async (turn, input, services: BroadcastServices) => {
    const { broadcast, revision } = input;
    const row = await services.broadcasts.findBroadcast(broadcast);
    const { wanted, unknown } = await wantedOf(input, row, services);
    if (unknown.length > 0) {
      const kept = await services.broadcasts.keepChoice(turn.person, broadcast, revision, wanted);
      return turn.update(
        kept.kind === 'done'
          ? await audience(kept.broadcast, services, unknownText(unknown))
          : await shown(kept, services),
      );
    }
    const outcome = await services.broadcasts.aim(turn.person, broadcast, revision, wanted);
    turn.update(await shown(outcome, services));
  },
  'staff',
);
