import { z } from 'zod';
import { CourtierError } from './core/errors.ts';

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );

const timeZone = z.string().refine((zone) => {
  try {
    Temporal.Now.instant().toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}, 'un fuseau horaire, comme America/Toronto');

const CATALOGUE =
  'un identifiant du catalogue d’applications de Teams (GUID), ou plusieurs : locataire/identifiant';
/** The id of the assistant in the catalogue of the bot's own tenant, or of several, each before its id. */
const catalogues = z.string().transform((text, context) => {
  const given = text.split(',').map((pair) => pair.trim().toLowerCase().split('/').reverse());
  const parsed = z.array(z.union([z.tuple([z.guid()]), z.tuple([z.guid(), z.guid()])])).safeParse(given);
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: CATALOGUE });
  return z.NEVER;
});

/** The environment. Names that look like ours and are not are refused: a typing error must not pass for a default. */
const Variables = z
  .object({
    PORT: z.coerce.number('un numéro de port').int().min(0).max(65_535).default(3978),
    ADMIN_PORT: z.coerce.number('un numéro de port').int().min(1).max(65_535).optional(),
    LISTEN_HOST: z.string().optional(),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'une adresse postgres://…' }).optional(),
    DATABASE_AUTH: z.enum(['password', 'entra'], 'password ou entra').default('password'),
    DATABASE_IDENTITY: z.guid('l’identifiant client d’une identité gérée (GUID)').optional(),
    DATA_DIR: z.string().min(1).default('.data'),
    BOT_ID: z.guid('un identifiant d’application Entra (GUID)').optional(),
    BOT_PASSWORD: z.string().min(1).optional(),
    BOT_PASSWORD_FILE: z.string().min(1).optional(),
    BOT_PASSWORD_EXPIRES: z.iso.date('une date, comme 2027-06-30').optional(),
    BOT_FEDERATED_IDENTITY: z.guid('l’identifiant client d’une identité gérée (GUID)').optional(),
    BOT_TENANT_ID: z.guid('un identifiant de locataire Entra (GUID)').optional(),
    BOT_TYPE: z
      .enum(
        ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'],
        'MultiTenant, SingleTenant ou UserAssignedMSI',
      )
      .default('SingleTenant'),
    ALLOWED_TENANTS: list,
    SERVICE_HOSTS: list,
    FILE_HOSTS: list,
    SAMPLE_CATALOGUE: z.enum(['true', 'false'], 'true ou false').optional(),
    BROKER_ADMINS: list,
    LINK_HOSTS: list,
    LINK_DAYS: z.coerce.number('un nombre de jours').int().min(1).max(365).default(60),
    MEMBERSHIP_DOMAINS: z.enum(['true', 'false'], 'true ou false').optional(),
    BROADCAST_APPROVAL: z.enum(['true', 'false'], 'true ou false').optional(),
    DRAIN_SECONDS: z.coerce.number('un nombre de secondes').int().min(0).max(20).default(10),
    QUOTA_PERCENT: z.coerce.number('un pourcentage').int().min(10).max(10_000).default(100),
    SENDS_PER_SECOND: z.coerce.number('un nombre d’envois').int().min(1).max(50).default(25),
    GUIDE_DIR: z.string().min(1).optional(),
    GRAPH_URL: z.url({ protocol: /^https$/, error: 'une adresse https://…' }).optional(),
    GRAPH_CALENDAR: z.email('l’adresse d’une boîte aux lettres').optional(),
    GRAPH_MAILBOX: z.email('l’adresse d’une boîte aux lettres').optional(),
    GRAPH_TEAMS_APP_ID: catalogues.optional(),
    GRAPH_DIRECTORY: list.pipe(z.array(z.guid('un identifiant de locataire Entra (GUID), ou plusieurs'))),
    FEE_PERCENT: z.coerce.number('un pourcentage').min(0).max(100).optional(),
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'une adresse https://…' }).optional(),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: 'une adresse https://…' }).optional(),
    FIGURES_SECONDS: z.coerce.number('un nombre de secondes').int().min(0).max(3_600).default(0),
    TIME_ZONE: timeZone.default('America/Toronto'),
    LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], 'debug, info, warn, error ou silent')
      .default('info'),
  })
  .superRefine((env, context) => {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    if (env.ADMIN_PORT === env.PORT) refuse('ADMIN_PORT', 'un autre numéro que celui de PORT');
    const { username, password } = new URL(env.DATABASE_URL ?? 'postgres://');
    if (env.DATABASE_AUTH === 'entra' && (username === '' || password !== ''))
      refuse(
        'DATABASE_URL',
        'avec DATABASE_AUTH=entra, une adresse avec le nom de l’identité et sans mot de passe',
      );
    const known = env.BOT_PASSWORD || env.BOT_PASSWORD_FILE || env.BOT_FEDERATED_IDENTITY;
    if (env.BOT_ID && env.BOT_TYPE !== 'UserAssignedMSI' && !known)
      refuse('BOT_PASSWORD', 'nécessaire avec BOT_ID, ou bien BOT_PASSWORD_FILE ou BOT_FEDERATED_IDENTITY');
    if (env.BOT_ID && env.BOT_TYPE !== 'MultiTenant' && !env.BOT_TENANT_ID)
      refuse('BOT_TENANT_ID', `nécessaire avec BOT_TYPE=${env.BOT_TYPE}`);
    if (env.BOT_ID && env.BOT_TYPE === 'MultiTenant' && env.ALLOWED_TENANTS.length === 0)
      refuse('ALLOWED_TENANTS', 'nécessaire avec BOT_TYPE=MultiTenant');
    if (env.BOT_ID && !env.PUBLIC_URL?.startsWith('https://'))
      refuse('PUBLIC_URL', 'une adresse https://… est nécessaire avec BOT_ID');
    for (const name of ['GRAPH_TEAMS_APP_ID', 'GRAPH_CALENDAR', 'GRAPH_MAILBOX', 'GRAPH_DIRECTORY'] as const)
      if ((env[name]?.length ?? 0) > 0 && !env.BOT_TENANT_ID)
        refuse(name, 'nécessite BOT_ID et BOT_TENANT_ID');
    if (!env.BOT_ID && env.LISTEN_HOST && !LOOPBACK.includes(env.LISTEN_HOST)) {
      refuse('LISTEN_HOST', 'sans BOT_ID, le mode local n’écoute que sur 127.0.0.1');
    }
  });

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
const OURS =
  /^(ADMIN_PORT|BOT|BROKER|COURTIER|DATABASE|FEE|FIGURES|ALLOWED|SERVICE_HOST|FILE_HOST|SAMPLE|LISTEN|SENDS|DRAIN|LINK|MEMBERSHIP|BROADCAST|GRAPH|GUIDE|QUOTA)_?[A-Z_]*$/;

export type Environment = Readonly<Record<string, string | undefined>>;
export type Config = ReturnType<typeof readConfig>;

/** Reads and checks the environment, once. Throws one clear sentence that names the variable, never its value. */
export function readConfig(env: Environment) {
  const known = Object.keys(Variables.shape);
  const unknown = Object.keys(env).find((name) => OURS.test(name) && !known.includes(name));
  if (unknown)
    throw new CourtierError(
      'invalid',
      `La variable d'environnement ${unknown} est inconnue. Les variables connues : ${known.join(', ')}.`,
    );
  const given = Object.fromEntries(
    known.flatMap((name) => (env[name]?.trim() ? [[name, env[name]?.trim()]] : [])),
  );
  const parsed = Variables.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CourtierError(
      'invalid',
      `La variable d'environnement ${issue?.path.join('.')} n'est pas valide : ${issue?.message}.`,
    );
  }
  const e = parsed.data;
  const lower = (values: string[]) => values.map((value) => value.toLowerCase());
  return {
    port: e.PORT,
    /** Where health and metrics are answered, and then only there. */
    adminPort: e.ADMIN_PORT,
    host: e.BOT_ID ? (e.LISTEN_HOST ?? '0.0.0.0') : (e.LISTEN_HOST ?? '127.0.0.1'),
    databaseUrl: e.DATABASE_URL,
    /** By whose tokens the database is opened; undefined for a password. */
    databaseEntra: e.DATABASE_AUTH === 'entra' ? { identity: e.DATABASE_IDENTITY } : undefined,
    dataDir: e.DATA_DIR,
    bot: e.BOT_ID
      ? {
          id: e.BOT_ID,
          password: e.BOT_PASSWORD ?? '',
          /** A file of secrets, read again at each use; it comes before `password`. */
          passwordFile: e.BOT_PASSWORD_FILE,
          /** The managed identity that stands for the application, which then has no secret. */
          federatedIdentity: e.BOT_FEDERATED_IDENTITY,
          tenantId: e.BOT_TENANT_ID,
          type: e.BOT_TYPE,
        }
      : undefined,
    tenants: lower(
      e.ALLOWED_TENANTS.length > 0 ? e.ALLOWED_TENANTS : e.BOT_TENANT_ID ? [e.BOT_TENANT_ID] : [],
    ),
    serviceHosts: lower(e.SERVICE_HOSTS.length > 0 ? e.SERVICE_HOSTS : ['smba.trafficmanager.net']),
    fileHosts: lower(e.FILE_HOSTS.length > 0 ? e.FILE_HOSTS : ['.sharepoint.com']),
    /** Whether an empty catalogue starts with the sample fiches. */
    samples: e.SAMPLE_CATALOGUE ? e.SAMPLE_CATALOGUE === 'true' : !e.BOT_ID,
    /** Object ids, or `tenant/id`: an administrator of one tenant only. */
    admins: lower(e.BROKER_ADMINS),
    feePercent: e.FEE_PERCENT,
    /** How long turns are taken after the signal to stop. */
    drainSeconds: e.DRAIN_SECONDS,
    /** What is made of the figures of the quotas: 200 doubles them. */
    quotaPercent: e.QUOTA_PERCENT,
    sendsPerSecond: e.SENDS_PER_SECOND,
    /** The last day of the secret, as the deployer wrote it: nothing else knows it. */
    secretExpires: e.BOT_PASSWORD_EXPIRES,
    /** Whether a second member of the staff approves what is broadcast. */
    approval: e.BROADCAST_APPROVAL === 'true',
    /** Whether the staff see the domain of the address of whoever asks to act for a body. */
    domains: e.MEMBERSHIP_DOMAINS === 'true',
    /** Where the button of a broadcast may lead. */
    linkHosts: lower(
      e.LINK_HOSTS.length > 0
        ? e.LINK_HOSTS
        : ['.quebec.ca', '.gouv.qc.ca', '.sharepoint.com', 'teams.microsoft.com'],
    ),
    /** Where people read the guide's passages as the assistant has them: where it has an address of its own. */
    guideUrl: e.BOT_ID && e.PUBLIC_URL && `${e.PUBLIC_URL.replace(/\/$/, '')}/guide`,
    /** How many days the link of a supplier's page is good. */
    linkDays: e.LINK_DAYS,
    /** The folder of the guide in force; the edition that comes with the code when there is none. */
    guideDir: e.GUIDE_DIR,
    graphUrl: (e.GRAPH_URL ?? 'https://graph.microsoft.com').replace(/\/$/, ''),
    /** The mailbox whose calendar is the broker's. */
    calendarMailbox: e.GRAPH_CALENDAR,
    /** The mailbox from which the broker writes to suppliers. */
    mailbox: e.GRAPH_MAILBOX,
    /** Its id in the catalogue of apps of each tenant that has it: it is then installed for people who lack it. */
    catalogues: new Map(
      e.GRAPH_TEAMS_APP_ID?.map(
        ([app, tenant = e.BOT_TENANT_ID?.toLowerCase() ?? '']) => [tenant, app] as const,
      ),
    ),
    /** The tenants whose people and groups may be read, for the notices of the broker. */
    directories: lower(e.GRAPH_DIRECTORY),
    publicUrl: (e.PUBLIC_URL ?? `http://127.0.0.1:${e.PORT}`).replace(/\/$/, ''),
    /** How often the figures of /metrics are logged as well; 0 for never. */
    figuresSeconds: e.FIGURES_SECONDS,
    /** Where a collector of OpenTelemetry takes traces. */
    traceCollector: e.OTEL_EXPORTER_OTLP_ENDPOINT,
    timeZone: e.TIME_ZONE,
    logLevel: e.LOG_LEVEL,
  };
}
