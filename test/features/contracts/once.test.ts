import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { aContract, CONTRACT, TERMINATION } from '../../support/contracts.ts';
import { audited, drawn } from '../../support/drawn.ts';
import { people } from '../../support/kickoff.ts';
import { alex, nadia } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import { onTwoProcesses, pressTogether, traces } from '../../support/together.ts';

// Two processes on one PostgreSQL: what is sent fifty times happens once.

const { teams, both, once, fifty } = onTwoProcesses();

beforeEach(() => people(teams));

test('a contract is noted once, and the next one takes the next number', async () => {
  const { card } = await once('contracts.create', drawn(CONTRACT));
  expect(card?.words).toContain('Le contrat est noté');
  expect(await countOf(teams, sql`contracts`)).toBe(1);
  expect(await countOf(teams, sql`contract_followers`)).toBe(1);
  expect(await audited(teams, 'contract.%')).toEqual(['contract.create']);
  await aContract(teams);
  const { rows } = await teams.services.contracts.page(alex, 1, 5);
  expect(rows.map(({ contract }) => contract.number).sort()).toEqual([1, 2]);
});

test('another content of the same form is another contract', async () => {
  const form = drawn(CONTRACT);
  await pressTogether(both(), { person: alex, verb: 'contracts.create', data: form }, 10);
  const other = { ...form, title: 'Un autre contrat', sure: 'yes' };
  await pressTogether(both(), { person: alex, verb: 'contracts.create', data: other }, 10);
  expect(await countOf(teams, sql`contracts`)).toBe(2);
});

describe('of a contract', () => {
  let contract: string;
  beforeEach(async () => {
    contract = await aContract(teams);
  });

  test('an invoice counts once in the fee, as its form on the card sends it', async () => {
    const card = await teams.mustPress(alex, 'contracts.invoices', { contract });
    const { data, verb } = card.button('Noter');
    await once(verb ?? '', { ...data, paidOn: '2026-11-23', amount: '100', note: '' });
    expect(await countOf(teams, sql`contract_invoices`)).toBe(1);
    expect(await traces(teams, 'contract.invoice')).toBe(1);
    const { plain } = await teams.mustPress(alex, 'contracts.invoices', { contract });
    expect(plain).toMatch(/100,00 \$.*2,00 \$/s);
  });

  test('fifty invoices at once never are more than a contract keeps', async () => {
    await teams.db.execute(sql`insert into contract_invoices (id, contract_id, paid_on, amount_cents, note, created_at)
      select gen_random_uuid(), ${contract}::uuid, '2026-11-23', 100, '', now() from generate_series(1, 990)`);
    const invoice = { contract, paidOn: '2026-11-23', amount: '1', note: '' };
    const answers = await fifty('contracts.addInvoice', () => drawn(invoice));
    expect(await countOf(teams, sql`contract_invoices`)).toBe(1_000);
    expect(answers.filter(({ word }) => word.includes('au plus 1000 factures'))).toHaveLength(40);
  });

  test('an amendment is asked for once', async () => {
    await once('contracts.amend', drawn({ contract, kind: 'quantities', text: '20 de plus' }));
    expect((await teams.services.contracts.amendments(contract, alex)).map(({ number }) => number)).toEqual([
      1,
    ]);
    expect(await traces(teams, 'contract.amend')).toBe(1);
  });

  test('an amendment is signed once, corrected once, unsigned once, taken out once', async () => {
    for (const text of ['Le premier', 'Le second'])
      await teams.mustPress(alex, 'contracts.amend', { contract, kind: 'quantities', text });
    const [second, first] = await teams.services.contracts.amendments(contract, alex);
    const validation = { validatedOn: '2026-11-23', validatedBy: 'Diane Roy' };
    await once('contracts.askAmendment', { contract, amendment: first?.id, askedOn: '2026-11-23' });
    await once('contracts.validateAmendment', { contract, amendment: first?.id, ...validation });
    await once('contracts.signAmendment', { contract, amendment: first?.id, signedOn: '2026-11-23' });
    await once('contracts.correctAmendment', {
      contract,
      amendment: first?.id,
      seen: '2026-11-23//',
      signedOn: '2026-11-23',
      newAmount: '12 000',
    });
    await once('contracts.unsignAmendment', {
      contract,
      amendment: first?.id,
      seen: '2026-11-23//1200000',
    });
    await once('contracts.dropAmendment', { contract, amendment: second?.id });
    expect(await audited(teams, 'contract.%Amendment')).toEqual([
      'contract.askAmendment',
      'contract.validateAmendment',
      'contract.signAmendment',
      'contract.correctAmendment',
      'contract.unsignAmendment',
      'contract.dropAmendment',
    ]);
    expect(await countOf(teams, sql`contract_amendments`)).toBe(1);
  });

  test('what was noted is corrected once', async () => {
    await once('contracts.correct', { contract, revision: 1, ...CONTRACT, amount: '96 000,00 $' });
    expect(await traces(teams, 'contract.correct')).toBe(1);
    expect((await teams.services.contracts.find(contract, alex)).revision).toBe(2);
  });

  test('a termination is noted once, corrected once, undone once', async () => {
    await once('contracts.terminate', drawn({ contract, ...TERMINATION }));
    await once('contracts.correctTermination', {
      contract,
      revision: 1,
      ...TERMINATION,
      effectiveOn: '2026-12-15',
    });
    await once('contracts.undoTermination', { contract, revision: 2 });
    expect(await audited(teams, 'contract.%ermin%')).toEqual([
      'contract.terminate',
      'contract.correctTermination',
      'contract.undoTermination',
    ]);
    expect(await countOf(teams, sql`contract_terminations`)).toBe(0);
  });

  test('a duty is done once, and is to be done again once', async () => {
    await once('contracts.done', { contract, duty: 'copy', on: '2026-11-23' });
    await once('contracts.reopen', { contract, duty: 'copy' });
    expect(await traces(teams, 'contract.done.copy')).toBe(1);
    expect(await traces(teams, 'contract.reopenDuty')).toBe(1);
  });

  test('one is a reference once, and changes one’s mind once', async () => {
    await once('contracts.consent', drawn({ contract, contact: 'alex@ministere.example' }));
    expect(await countOf(teams, sql`contract_references`)).toBe(1);
    await once('contracts.revoke', { contract });
    expect(await countOf(teams, sql`contract_references`)).toBe(0);
    expect(await traces(teams, 'contract.consent')).toBe(1);
    expect(await traces(teams, 'contract.revoke')).toBe(1);
  });

  test('its calendar link is replaced once', async () => {
    await teams.mustPress(alex, 'contracts.open', { contract });
    await teams.press(alex, 'contracts.feed', { contract });
    const { data, verb } = teams.lastCard().button('Remplacer');
    await once(verb ?? '', data);
    expect(await countOf(teams, sql`page_links`)).toBe(2);
    expect(await countOf(teams, sql`page_links where revoked_at is null`)).toBe(1);
  });
});

test('a comment is sent once, and the staff are told once', async () => {
  const words = { kind: 'catalogue', supplier: '', text: 'Le prix est faux.' };
  await once('contracts.comment', drawn(words));
  expect(await countOf(teams, sql`contract_comments`)).toBe(1);
  expect(await countOf(teams, sql`deliveries where kind = 'contracts.comment'`)).toBe(1);
  await once('contracts.comment', drawn(words), nadia);
  const { rows } = await teams.services.comments.page(true, 1, 5);
  expect(rows.map(({ number }) => number)).toEqual([2, 1]);
});
