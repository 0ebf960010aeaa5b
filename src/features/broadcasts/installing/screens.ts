import { z } from 'zod';
import { asDate, type Clock } from '../../../core/clock.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import { Id } from '../../../core/id.ts';
import type { Db } from '../../../core/ports/db.ts';
import type { Deliveries } from '../../../core/ports/delivery.ts';
import type { Installer, InstallOutcome } from '../../../core/ports/directory.ts';
import type { Queue } from '../../../core/ports/queue.ts';
import { job } from '../../../core/routes/jobs.ts';
import { creating } from '../../../core/routes/turns.ts';
import { count } from '../../../core/text/text.ts';
import type { Audit, Quotas } from '../../people/index.ts';
import { Reference } from '../screens/schema.ts';
import type { Broadcasts } from '../store/broadcasts.ts';
import { broadcastKeyOf } from '../store/records.ts';
import { installOutcomes, recordInstall } from './store.ts';

export interface InstallServices {
  readonly audit: Audit;
  readonly broadcasts: Broadcasts;
  readonly clock: Clock;
  readonly db: Db;
  readonly deliveries: Deliveries;
  /** None unless the organization lets the assistant install itself. */
  readonly installer: Installer | undefined;
  readonly queue: Queue;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** People installed for by a job: it ends well before it would be taken for lost. */
const BATCH = 10;
const FIRST = '00000000-0000-0000-0000-000000000000';

function installerOf({ installer }: InstallServices): Installer {
  if (!installer) throw notFound();
  return installer;
}

/** Installs for the people of a notice who lack the assistant, as far as its organization allows. */
export const install = creating(
  'broadcasts.install',
  {
    noun: ['installation', 'installations'],
    person: 60,
    body: 300,
    tenant: 600,
    why: 'One a notice and attempt; the staff send some notices in a day.',
  },
  Reference,
  async (turn, { broadcast }, services: InstallServices) => {
    const installer = installerOf(services);
    const { broadcasts, audit, db, queue, quotas } = services;
    const row = await broadcasts.findBroadcast(broadcast);
    const { notInstalled } = await broadcasts.reach(row);
    await db.transaction(async (tx) => {
      if (!(await audit.once(tx, turn.person, 'broadcast.install', `${row.id} ${turn.effect}`))) return;
      await quotas.spend(tx, turn.person, 'broadcasts.install');
      if (notInstalled === 0) throw new CourtierError('refused', 'Il n’y a plus personne à qui l’installer.');
      for (const tenant of installer.catalogues.keys())
        await queue.enqueue(tx, 'broadcasts.installSome', { broadcast, tenant, after: FIRST });
    });
    turn.notify('L’installation est en cours. « Actualiser » montre où elle en est.');
  },
  'staff',
);

/** Installs for a few people, and leaves the next ones to the next job. */
export const installSome = job(
  'broadcasts.installSome',
  // What the release before enqueued names no tenant: it had one.
  z.strictObject({ broadcast: Id, after: z.guid(), tenant: z.string().optional() }),
  async ({ broadcast, after, tenant: given }, services: InstallServices) => {
    const { broadcasts, deliveries, db, clock, queue } = services;
    const installer = installerOf(services);
    const tenant = given ?? [...installer.catalogues.keys()][0] ?? '';
    const row = await broadcasts.findBroadcast(broadcast);
    const rows = await deliveries.lacking(broadcastKeyOf(row), tenant, after, BATCH);
    for (const { recipient } of rows) {
      if (recipient.kind !== 'person') continue;
      const { tenantId, objectId } = recipient;
      const outcome = await installer.forPerson(tenantId, objectId);
      await recordInstall(db, { broadcastId: row.id, tenantId, objectId, outcome, at: asDate(clock.now()) });
    }
    const last = rows.at(-1);
    if (last && rows.length === BATCH)
      await db.transaction((tx) =>
        queue.enqueue(tx, 'broadcasts.installSome', { broadcast, tenant, after: last.id }),
      );
  },
);

const OUTCOMES: Record<InstallOutcome, string> = {
  installed: 'faite pour',
  present: 'déjà faite pour',
  refused: 'refusée par Teams pour',
  unknown: 'impossible, compte introuvable, pour',
};

/** « Installation : faite pour 3 personnes, refusée par Teams pour 1 personne. » Empty when none was asked. */
export async function installsText(broadcastId: string, db: Db): Promise<string> {
  const rows = await installOutcomes(db, broadcastId);
  const parts = rows.map(({ outcome, n }) => `${OUTCOMES[outcome]} ${count(n, 'personne')}`);
  return parts.length > 0 ? `Installation : ${parts.join(', ')}.` : '';
}

const NO_LINK = 'Copiez le lien de l’équipe depuis Teams : « Obtenir un lien vers l’équipe ».';

/** The group and the tenant that a link to a team names; undefined when it is no such link. */
function teamOf(link: string): { groupId: string; tenantId: string } | undefined {
  const url = URL.parse(link);
  const given = {
    groupId: url?.searchParams.get('groupId'),
    tenantId: url?.searchParams.get('tenantId'),
  };
  const team = z.object({ groupId: z.guid(), tenantId: z.guid() }).safeParse(given);
  return url?.protocol === 'https:' && url.hostname === 'teams.microsoft.com' && team.success
    ? team.data
    : undefined;
}

const TEAM_ANSWERS: Record<InstallOutcome, string> = {
  installed: 'Courtier est installé dans cette équipe.',
  present: 'Courtier était déjà installé dans cette équipe.',
  refused: 'Teams ne le permet pas. Demandez à un propriétaire de l’équipe d’ajouter Courtier.',
  unknown: 'Cette équipe est introuvable. Vérifiez le lien.',
};

/** Installs in the team that a link names: its channels can then be written to. */
export const installTeam = creating(
  'broadcasts.installTeam',
  { uncounted: 'A team has the assistant once, and Teams itself limits what is installed.' },
  z.object({ link: z.string(NO_LINK).trim().min(1, NO_LINK).max(1_000, NO_LINK) }),
  async (turn, { link }, services: InstallServices) => {
    const installer = installerOf(services);
    const team = teamOf(link);
    if (!team) throw new CourtierError('invalid', NO_LINK);
    if (!installer.catalogues.has(team.tenantId.toLowerCase()))
      throw new CourtierError(
        'refused',
        'Cette équipe est d’une autre organisation. Demandez à ses propriétaires d’y ajouter Courtier.',
      );
    const outcome = await installer.forTeam(team.tenantId, team.groupId);
    const { audit, db } = services;
    if (outcome === 'installed')
      await db.transaction((tx) =>
        audit.once(tx, turn.person, `teams.install.${outcome}`, `${team.groupId} ${turn.effect}`),
      );
    turn.notify(TEAM_ANSWERS[outcome]);
  },
  'staff',
);
