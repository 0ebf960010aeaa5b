import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { readConfig } from '../src/config.ts';

// What is deployed in Azure, as far as it can be read here: nothing compiles Bicep on this machine.

const ROOT = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const PROJECTS = ['m365agents.yml', 'm365agents.local.yml'];

/** Of Microsoft's toolkit, package @microsoft/m365agentstoolkit-cli 1.1.17 (MIT). */
const schema = JSON.parse(read('test/support/schemas/m365agents-1.12.json'));
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

test.each(PROJECTS)('%s is what the toolkit reads', (file) => {
  validate(parse(read(file)));
  expect(validate.errors ?? []).toEqual([]);
});

test('the files that they name exist, for each environment', () => {
  for (const environment of ['dev', 'production']) {
    const named = [...read('m365agents.yml').matchAll(/\.\/(infra\/\S+)/g)].map(([, path = '']) =>
      path.replace('${{TEAMSFX_ENV}}', environment),
    );
    expect(named).toHaveLength(2);
    expect([...named, `env/.env.${environment}`].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  }
});

test.each(['dev', 'production'])(
  'the parameters of %s are those of the template, in Canada',
  (environment) => {
    const { parameters } = JSON.parse(read(`infra/parameters.${environment}.json`)) as {
      parameters: Record<string, { value: unknown }>;
    };
    const template = read('infra/main.bicep');
    const declared = [...template.matchAll(/^param (\w+) \w+( =)?/gm)].map(([, name = '', usual]) => ({
      name,
      usual,
    }));
    const given = Object.keys(parameters);
    expect(given.filter((name) => !declared.some((each) => each.name === name))).toEqual([]);
    expect(declared.filter(({ name, usual }) => !usual && !given.includes(name))).toEqual([]);
    expect(parameters.location?.value).toBe('canadacentral');
    // What the parameters take of the environment, its file declares.
    const taken = [...JSON.stringify(parameters).matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
    for (const name of taken) expect(read(`env/.env.${environment}`)).toContain(`${name}=`);
  },
);

test('what the parameters take of the environment, the command of the guide gives by hand', () => {
  const { parameters } = JSON.parse(read('infra/parameters.production.json')) as {
    parameters: Record<string, object>;
  };
  const taken = Object.keys(parameters).filter((name) => JSON.stringify(parameters[name]).includes('${{'));
  const [command = ''] = read('docs/azure.md').match(/az deployment group create[\s\S]*?--what-if/) ?? [];
  const given = [...command.matchAll(/ (\w+)=/g)].map(([, name = '']) => name);
  expect(taken.filter((name) => !given.includes(name))).toEqual([]);
});

test('a yes or no is written as the configuration reads it, not as the template language would', () => {
  const app = read('infra/app.bicep');
  const flags = [...app.matchAll(/^param (\w+) bool/gm)].map(([, name = '']) => name);
  expect(flags).toContain('broadcastApproval');
  for (const flag of flags) expect(app).not.toContain(`string(${flag})`);
});

test('a rule may be made before the first line of the log', () => {
  expect(read('infra/alerts.bicep')).toContain('skipQueryValidation: true');
});

test('what the container is given is a configuration that starts', () => {
  const set = [...read('infra/app.bicep').matchAll(/\{ name: '([A-Z_]+)'/g)].map(([, name = '']) => name);
  const GUID = '00000000-0000-4000-8000-000000000001';
  const values: Record<string, string> = {
    PORT: '3978',
    ADMIN_PORT: '3979',
    PUBLIC_URL: 'https://courtier.example.org',
    BOT_TYPE: 'UserAssignedMSI',
    DATABASE_URL: 'postgres://courtier-identity@serveur:5432/courtier',
    DATABASE_AUTH: 'entra',
    FIGURES_SECONDS: '60',
    BOT_PASSWORD: 'x',
    BOT_PASSWORD_EXPIRES: '2027-06-30',
    GRAPH_MAILBOX: 'courtier@organisme.example',
    GRAPH_CALENDAR: 'courtier@organisme.example',
    GRAPH_TEAMS_APP_ID: `${GUID}/${GUID}`,
    BROADCAST_APPROVAL: 'true',
  };
  const config = readConfig(Object.fromEntries(set.map((name) => [name, values[name] ?? GUID])));
  expect(config).toMatchObject({ databaseEntra: { identity: GUID }, figuresSeconds: 60, adminPort: 3979 });
});

test('what is left empty in the parameters is a configuration that starts, without Graph', () => {
  const set = [...read('infra/app.bicep').matchAll(/\{ name: '(GRAPH_[A-Z_]+)'/g)].map(
    ([, name = '']) => name,
  );
  expect(set.length).toBeGreaterThan(3);
  const config = readConfig(Object.fromEntries(set.map((name) => [name, ''])));
  expect(config).toMatchObject({ mailbox: undefined, calendarMailbox: undefined });
});

test('each variable is set, reached by the parameter for the others, or a secret', () => {
  const app = read('infra/app.bicep');
  const named = [...read('env/.env.example').matchAll(/^#([A-Z_]+)=/gm)].map(([, name = '']) => name);
  const secret = [...read('env/.env.example').matchAll(/secret\)\n#([A-Z_]+)=/g)].map(
    ([, name = '']) => name,
  );
  const lacking = named.filter((name) => !app.includes(`name: '${name}'`));
  expect(secret.filter((name) => lacking.includes(name))).toEqual([]);
  expect(lacking.length).toBeGreaterThan(0);
  expect(app).toContain('items(options)');
  expect(app).toContain('concat(settings, otherSettings, secretSettings)');
});

test('each module of the template exists, and is given the parameters that it declares', () => {
  const template = read('infra/main.bicep');
  const modules = [...template.matchAll(/^module \w+ '([\w.]+)' =[^{]*\{\n([\s\S]*?)^\}/gm)];
  expect(modules).toHaveLength(6);
  for (const [, file = '', body = ''] of modules) {
    const declared = [...read(`infra/${file}`).matchAll(/^param (\w+) \w+( =)?/gm)];
    const params = body.slice(body.indexOf('params: {') + 'params: {'.length);
    const given = [...params.matchAll(/(?:^|[{,\n]) *(\w+): /g)].map(([, name = '']) => name);
    for (const [, name = '', usual] of declared)
      if (!usual) expect([file, given]).toEqual([file, expect.arrayContaining([name])]);
    expect([file, given.filter((name) => !declared.some(([, each]) => each === name))]).toEqual([file, []]);
  }
});
