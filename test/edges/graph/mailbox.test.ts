import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildGraph, buildGraphMailbox } from '../../../src/edges/graph/index.ts';
import { countedIdentity, graphError, openGraphServer } from '../../support/graph-server.ts';

const MAIL = {
  to: { name: 'Camille Roy', email: 'camille@airelle.example' },
  subject: 'Rencontre nº 1',
  body: ['Bonjour,', 'Voici le lien.'],
};

let server: Awaited<ReturnType<typeof openGraphServer>>;
beforeEach(async () => {
  server = await openGraphServer(() => ({ status: 202 }));
});
afterEach(() => server.close());

const mailbox = () => {
  const graph = buildGraph({ identity: countedIdentity(), url: server.url, sleep: async () => {} });
  return buildGraphMailbox(graph, 'courtier@organisme.example');
};

test('sends a plain text from the mailbox, which keeps it', async () => {
  expect(await mailbox().send(MAIL)).toBe('sent');
  expect(server.calls).toHaveLength(1);
  expect(server.calls[0]).toMatchObject({
    method: 'POST',
    path: '/users/courtier%40organisme.example/sendMail',
    body: {
      message: {
        subject: 'Rencontre nº 1',
        body: { contentType: 'text', content: 'Bonjour,\n\nVoici le lien.' },
        toRecipients: [{ emailAddress: { name: 'Camille Roy', address: 'camille@airelle.example' } }],
      },
      saveToSentItems: true,
    },
  });
});

test('what Graph refuses was not sent', async () => {
  server.faults.push(graphError(403, 'ErrorAccessDenied'));
  expect(await mailbox().send(MAIL)).toBe('refused');
});

test('what was done though the answer says otherwise, or was lost, is asked about once: nobody knows', async () => {
  for (const fault of [{ doneThen: 500 }, 'reset'] as const) {
    server.faults.push(fault);
    await expect(mailbox().send(MAIL)).rejects.toThrow();
  }
  expect(server.calls).toHaveLength(2);
});
