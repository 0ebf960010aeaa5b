import { z } from 'zod';
import { frenchDateTime } from '../../../core/clock.ts';
import { notice } from '../../../core/routes/notices.ts';
import type { StaffChannel } from './store/staff-channel.ts';

interface Services {
  readonly staffChannel: StaffChannel;
  readonly timeZone: string;
}

/** To each administrator, as long as the channel is lost. */
export const channelLost = notice(
  { kind: 'people.channelLost', policy: 'surely', hours: 'any', pausable: false, priority: 0 },
  z.strictObject({ at: z.iso.datetime() }),
  async ({ at }, _recipient, { staffChannel, timeZone }: Services) => {
    const since = await staffChannel.lostSince();
    if (since?.toISOString() !== at) return undefined;
    return `**Le canal de l’équipe ne répond plus.** Depuis le ${frenchDateTime(since, timeZone)}, Teams refuse ce que j’y écris : le canal est supprimé, ou je n’y suis plus installé. Ce qui arrive va à chaque membre de l’équipe, dans sa conversation personnelle. Pour revenir : réinstallez-moi dans le canal, ou choisissez-en un autre en y écrivant « désigner ce canal ». « santé » dit où cela en est.`;
  },
);
