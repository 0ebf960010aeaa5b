import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import { count } from '../../../../core/text/text.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import { byBroker } from '../../../../core/time/due.ts';
import type { People, StaffChannel } from '../../../people/index.ts';

interface ReachServices {
  readonly clock: Clock;
  readonly days: BusinessDays;
  readonly deliveries: Pick<Deliveries, 'unreached'>;
  readonly people: Pick<People, 'names'>;
  readonly staffChannel: Pick<StaffChannel, 'lostSince'>;
}

/** Business days in which somebody who cannot be told is written to otherwise: a mark of the broker's. */
const REACH_DAYS = 1;
/** What could not be told is somebody's business for so long. */
const LISTED_DAYS = 14;
const CHANNEL = 'channel';

/** What cannot be told: the staff's channel while it is lost, and the people to whom an answer did not get through. */
export async function reachWaits(services: ReachServices): Promise<Wait[]> {
  const { clock, days, deliveries, people, staffChannel } = services;
  const dueOf = (since: Date) => ({
    ...byBroker('REACH_DAYS, dans le code'),
    on: days.office.add(brokerDate(since), REACH_DAYS),
  });
  const lost = await staffChannel.lostSince();
  const rows = await deliveries.unreached(asDate(clock.now().subtract({ hours: 24 * LISTED_DAYS })));
  const names = await people.names(rows);
  return [
    ...(lost
      ? [
          {
            id: CHANNEL,
            title: 'Canal de l’équipe perdu',
            text: 'Réinstaller l’assistant dans le canal, ou en désigner un autre.',
            person: '',
            since: lost,
            due: dueOf(lost),
          },
        ]
      : []),
    ...rows.map(({ tenantId, objectId, n, since, first }) => ({
      // It names nobody: it is written in the trail of what is done about it.
      id: first,
      title: 'Personne à joindre autrement',
      text: `${count(n, 'message n’a pu', 'messages n’ont pu')} lui être remis : l’assistant n’est pas installé chez elle, ou est bloqué.`,
      person: names.get(objectId) ?? '',
      actsFor: { tenantId, objectId },
      since,
      due: dueOf(since),
    })),
  ];
}
