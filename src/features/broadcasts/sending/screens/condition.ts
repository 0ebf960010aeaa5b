import { frenchDateTime } from '../../../../core/clock.ts';
import type { Condition } from '../../../../core/process/watched.ts';
import { count } from '../../../../core/text/text.ts';
import type { Reached } from '../../../people/index.ts';
import { lasting } from '../../texts.ts';

/** What a job that is due waits at most, when all is well. */
const LATE_JOB_SECONDS = 600;
/** A disk is nearly full with less than that left. */
const LEAST_FREE = 0.1;
const GIGA = 1_000_000_000;
const MEGA = 1_000_000;

const sizeText = (bytes: number): string =>
  bytes >= GIGA
    ? `${(bytes / GIGA).toLocaleString('fr-CA', { maximumFractionDigits: 1 })} Go`
    : `${Math.ceil(bytes / MEGA).toLocaleString('fr-CA')} Mo`;

export function channelText(channel: Reached, lostSince: Date | undefined, timeZone: string): string {
  switch (channel) {
    case 'answers':
      return 'Répond, essayé à l’instant';
    case 'lost':
      return lostSince ? `Perdu depuis le ${frenchDateTime(lostSince, timeZone)}` : 'Perdu';
    case 'none':
      return 'Aucun : écrivez « désigner ce canal » dans celui de l’équipe';
    case 'unknown':
      return 'Teams n’a pas répondu : on ne sait pas';
  }
}

const failedJobs = ({ jobs }: Condition) => jobs.filter(({ failed }) => failed > 0);
const oldestJob = ({ jobs }: Condition): number => Math.max(0, ...jobs.map((job) => job.oldestSeconds));
const isNearlyFull = ({ disk }: Condition): boolean =>
  disk !== undefined && disk.total > 0 && disk.free / disk.total < LEAST_FREE;

/** What is a matter for somebody now. */
export function conditionWarnings(condition: Condition): string[] {
  const failed = failedJobs(condition);
  const { newest, known } = condition.database.schema;
  return [
    ...(failed.length > 0
      ? [
          `Des travaux ont été abandonnés : ${failed.map(({ job, failed: n }) => `${job} (${n})`).join(', ')}.`,
        ]
      : []),
    ...(oldestJob(condition) > LATE_JOB_SECONDS
      ? [`Un travail attend depuis ${lasting(Math.round(oldestJob(condition)))}.`]
      : []),
    ...(isNearlyFull(condition) ? ['Le disque est presque plein.'] : []),
    ...(newest > known ? ['La base de données est d’une version plus récente que l’assistant.'] : []),
  ];
}

/** What the assistant stands on: its jobs, its database, its disk, its version. */
export function conditionLines(condition: Condition): { name: string; value: string }[] {
  const { jobs, database, disk, version } = condition;
  const sum = (of: (job: Condition['jobs'][number]) => number) => jobs.reduce((n, job) => n + of(job), 0);
  const oldest = oldestJob(condition);
  const engine = database.engine === 'postgres' ? 'PostgreSQL' : 'Base embarquée';
  return [
    {
      name: 'Travaux',
      value: `${sum(({ waiting }) => waiting).toLocaleString('fr-CA')} en attente, ${count(
        sum(({ failed }) => failed),
        'abandonné',
      )}${oldest > 0 ? `, le plus ancien depuis ${lasting(Math.round(oldest))}` : ''}`,
    },
    {
      name: 'Base de données',
      value: database.bytes === undefined ? engine : `${engine}, ${sizeText(database.bytes)}`,
    },
    {
      name: 'Disque',
      value: disk ? `${sizeText(disk.free)} libres de ${sizeText(disk.total)}` : 'Inconnu',
    },
    { name: 'Version', value: version },
  ];
}
