import type { Card } from '../../../../core/card.ts';
import { asDate, type Clock, frenchDateTime, frenchDay } from '../../../../core/clock.ts';
import type { Deliveries, DeliveryHealth } from '../../../../core/ports/delivery.ts';
import type { Condition } from '../../../../core/process/watched.ts';
import { within } from '../../../../core/process/within.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import { count } from '../../../../core/text/text.ts';
import { brokerDate, startOfDay } from '../../../../core/time/business-days.ts';
import { byBroker } from '../../../../core/time/due.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import type { Reached, StaffChannel } from '../../../people/index.ts';
import { Nothing } from '../../screens/schema.ts';
import { lasting, REASONS, STATE_NAMES } from '../../texts.ts';
import { channelText, conditionLines, conditionWarnings } from './condition.ts';

export interface HealthServices {
  readonly condition: () => Promise<Condition>;
  readonly staffChannel: Pick<StaffChannel, 'lostSince' | 'watch'>;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly deliveries: Deliveries;
  /** ISO date of the last day of the application's secret, when the deployer gave it. */
  readonly secret: { readonly secretExpires: string | undefined };
}

/** Teams is waited for so long. */
const PATIENCE_MS = 4_000;
const LOST =
  'Le canal de l’équipe est perdu : ce qui arrive va à chacun de l’équipe. Réinstallez l’assistant dans le canal, ou écrivez « désigner ce canal » dans un autre.';

/** The staff are warned so many days before the secret ends. */
const WARNED_DAYS = 30;
/** What waits longer than that is a matter for somebody. */
const LATE_SECONDS = 600;

function secretText(
  expires: string | undefined,
  today: Temporal.PlainDate,
): { text: string; warns: boolean } {
  if (!expires) return { text: 'Date inconnue (BOT_PASSWORD_EXPIRES n’est pas réglée)', warns: false };
  const left = today.until(Temporal.PlainDate.from(expires)).days;
  if (left < 0) return { text: `Expiré depuis le ${frenchDay(expires)}`, warns: true };
  return { text: `${frenchDay(expires)} (dans ${count(left, 'jour')})`, warns: left <= WARNED_DAYS };
}

/** What was looked at, all at one moment. */
interface Looked {
  readonly health: DeliveryHealth;
  readonly condition: Condition;
  readonly channel: Reached;
  readonly lostSince: Date | undefined;
}

/** The state of what the assistant sends by itself, and of what it stands on. */
function healthCard(
  { health, condition, channel, lostSince }: Looked,
  { clock, timeZone, secret: kept }: Pick<HealthServices, 'clock' | 'timeZone' | 'secret'>,
): Card {
  const now = clock.now();
  const secret = secretText(kept.secretExpires, brokerDate(now));
  const waits = health.oldestDue
    ? Math.round((now.epochMilliseconds - health.oldestDue.getTime()) / 1_000)
    : 0;
  const warnings = [
    ...(channel === 'lost' ? [LOST] : []),
    ...conditionWarnings(condition),
    ...(secret.warns ? ['Le secret de l’application est à renouveler.'] : []),
    ...(waits > LATE_SECONDS ? [`Un envoi attend depuis ${lasting(waits)}.`] : []),
    ...(health.pausedUntil
      ? [`Teams demande d’attendre jusqu’au ${frenchDateTime(health.pausedUntil, timeZone)}.`]
      : []),
  ];
  return {
    template: 'broadcasts/health',
    summary: warnings[0] ?? 'Tout va bien.',
    view: {
      heading: warnings.length > 0 ? 'À surveiller' : 'Tout va bien',
      warnings: warnings.map((text) => ({ text })),
      lines: [
        { name: 'En attente', value: count(health.waiting, 'envoi') },
        {
          name: 'Le plus ancien',
          value: health.oldestDue ? `Dû le ${frenchDateTime(health.oldestDue, timeZone)}` : 'Rien n’attend',
        },
        { name: 'Canal de l’équipe', value: channelText(channel, lostSince, timeZone) },
        {
          name: 'Réponses et rappels',
          value: `${count(health.told.sent, 'envoyé')} en 24 h, ${health.told.waiting.toLocaleString('fr-CA')} en attente, ${count(health.told.failed, 'échoué')}`,
        },
        { name: 'Envoyés en 24 h', value: health.sentToday.toLocaleString('fr-CA') },
        {
          name: 'Installé',
          value: `${count(health.people, 'personne')}, ${count(health.rooms, 'canal ou groupe', 'canaux et groupes')}`,
        },
        { name: 'Conversations', value: health.conversations.toLocaleString('fr-CA') },
        { name: 'Silencieuses (90 jours)', value: health.stale.toLocaleString('fr-CA') },
        { name: 'Bloquées ou quittées', value: health.blocked.toLocaleString('fr-CA') },
        { name: 'Secret de l’application', value: secret.text },
        ...conditionLines(condition),
      ],
      hasFailures: health.failures.length > 0,
      failures: health.failures.map(({ state, reason, n }) => ({
        text: `• ${STATE_NAMES[state]} : ${n}. ${REASONS[reason as keyof typeof REASONS] ?? ''}`.trim(),
      })),
      none: health.failures.length === 0,
      updated: `À jour le ${frenchDateTime(asDate(now), timeZone)}.`,
    },
  };
}

/** Whether the channel is there is really tried; one that does not answer in time is not known. */
export async function openHealth(services: HealthServices): Promise<Card> {
  const { deliveries, condition, staffChannel } = services;
  const channel = await within(PATIENCE_MS, () => staffChannel.watch(true)).catch(() => 'unknown' as const);
  const [health, stands, lostSince] = await Promise.all([
    deliveries.health(),
    condition(),
    channel === 'lost' ? staffChannel.lostSince() : undefined,
  ]);
  return healthCard({ channel, health, condition: stands, lostSince }, services);
}

export async function showHealth(turn: MessageTurn, services: HealthServices): Promise<void> {
  await turn.reply(await openHealth(services));
}

/** That the application's secret is to be renewed, in the days before it ends and once it has ended. */
export function secretWait({
  clock,
  secret: { secretExpires },
}: Pick<HealthServices, 'clock' | 'secret'>): Wait[] {
  if (!secretExpires) return [];
  const on = Temporal.PlainDate.from(secretExpires);
  if (brokerDate(clock.now()).until(on).days > WARNED_DAYS) return [];
  return [
    {
      id: secretExpires,
      title: 'Secret de l’application',
      text: 'À renouveler : sans lui, l’assistant ne parle plus à Teams.',
      person: '',
      since: asDate(startOfDay(on.subtract({ days: WARNED_DAYS }))),
      due: { ...byBroker('BOT_PASSWORD_EXPIRES, dans la configuration'), on },
    },
  ];
}

export const refresh = action(
  'broadcasts.health',
  Nothing,
  async (turn, _input, services: HealthServices) => turn.update(await openHealth(services)),
  'staff',
);
