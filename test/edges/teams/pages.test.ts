import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { notFound } from '../../../src/core/errors.ts';
import type { PageAnswer } from '../../../src/core/routes/pages.ts';
import { typeset } from '../../../src/core/text/text.ts';
import { buildServer, type Server } from '../../../src/edges/teams/server.ts';

// What the HTTP server does of the pages for people without an account, whatever is on them.

let server: Server;
let url: string;
let answer: () => Promise<PageAnswer>;
const seen: { token: string; form: string | undefined }[] = [];
const logged: string[] = [];
const html: PageAnswer = { status: 200, mediaType: 'text/html', body: '<p>Bonjour</p>' };

beforeAll(async () => {
  const note = (_data: object, message: string) => void logged.push(message);
  server = buildServer({
    endpoint: {
      receive: async () => ({ status: 200 }),
      drain: async () => {},
    },
    metrics: { contentType: 'text/plain', render: async () => '', refused: () => {} },
    log: { info: note, warn: note, error: note },
    ready: async () => undefined,
    download: async () => Promise.reject(new Error('none')),
    reading: (place) => {
      if (place === 'nowhere') throw notFound();
      return { ...html, body: place };
    },
    page: (token, form) => {
      seen.push({ token, form: form?.toString() });
      return answer();
    },
  });
  url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}/liens`;
});
afterAll(() => server.close());

const post = (body: string, type = 'application/x-www-form-urlencoded') =>
  fetch(`${url}/abc.def`, { method: 'POST', body, headers: { 'content-type': type } });

test('a page may neither load nor run anything, be framed, cached or tell where one came from', async () => {
  answer = async () => html;
  const { headers, status } = await fetch(`${url}/abc.def`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = headers.get('content-security-policy') ?? '';
  for (const rule of [
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ])
    expect(policy).toContain(rule);
  expect(policy).not.toContain('script-src');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('a signed link, which is long, is taken whole', async () => {
  answer = async () => html;
  const token = `${'a'.repeat(500)}.${'b'.repeat(43)}`;
  await fetch(`${url}/${token}`);
  expect(seen.at(-1)).toEqual({ token, form: undefined });
});

test('a form is read with its repeated fields', async () => {
  answer = async () => html;
  await post('what=choose&slots=1&slots=2');
  expect(seen.at(-1)?.form).toBe('what=choose&slots=1&slots=2');
});

test.each([['too large', `remark=${'x'.repeat(20_000)}`, 'application/x-www-form-urlencoded', 413]])(
  'a body that is %s is refused before anything reads it',
  async (_what, body, type, status) => {
    const before = seen.length;
    expect((await post(body, type)).status).toBe(status);
    expect(seen).toHaveLength(before);
  },
);

test('an error is a sentence, without what caused it', async () => {
  answer = async () => {
    throw new Error('password=secret at /srv/courtier');
  };
  const response = await fetch(`${url}/abc.def`);
  expect(response.status).toBe(500);
  const page = await response.text();
  expect(page).toContain(typeset('La page n’a pas pu être préparée. Veuillez réessayer dans un instant.'));
  expect(page).not.toContain('secret');
  expect(logged).toContain('page failed');
});

test('a passage of the guide is for everybody, as closed as the other pages; one that is not there says so', async () => {
  const guide = url.replace('/liens', '/guide');
  const passage = await fetch(`${guide}/3.4.3`);
  expect([passage.status, await passage.text()]).toEqual([200, '3.4.3']);
  expect(passage.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await (await fetch(guide)).text()).toBe('');
  expect((await fetch(`${guide}/nowhere`)).status).toBe(404);
});
