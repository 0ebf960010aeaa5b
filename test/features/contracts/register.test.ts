import { beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../src/app/doors.ts';
import { standingOf } from '../../../src/features/contracts/duties/screens/standing.ts';
import {
  EVERY_CONTRACT,
  type RegisterFilter,
} from '../../../src/features/contracts/overseeing/rules/filter.ts';
import { features } from '../../../src/features/registry.ts';
import { aContract, TERMINATION } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { colleagues, giveRole, met } from '../../support/organization.ts';
import { admin, alex, channel, diane, nadia, samuel } from '../../support/people.ts';
import { workbookOf } from '../../support/workbook.ts';

// The staff see the contracts of all bodies: which run, which end, what is late, whose they are.

const teams = fakeTeams({ shortGuide: true });
const contracts = () => teams.services.contracts;

const CITY = 'Ville de Gaspé';
beforeEach(async () => {
  await people(teams);
  await met(teams, samuel);
  await colleagues(teams, [samuel], CITY);
});

const COMING = { signedOn: '2026-11-20', startsOn: '2026-12-01', endsOn: '2028-11-30' };
const RUNNING = { signedOn: '2026-01-12', startsOn: '2026-01-15', endsOn: '2027-01-31' };
const PAST = { signedOn: '2024-02-01', startsOn: '2024-02-01', endsOn: '2026-01-31' };

/** The titles of what a filter lets through, in its order. */
const titles = async (filter: Partial<RegisterFilter>, page = 1, size = 50): Promise<string[]> =>
  (await contracts().register({ ...EVERY_CONTRACT, ...filter }, page, size)).items.map(
    ({ contract }) => contract.title,
  );

/** One that comes, one that ends soon, one that ended, one that is terminated: of two bodies and two suppliers. */
async function four() {
  const coming = await aContract(teams, { title: 'À venir', ...COMING, amount: '100,00 $' });
  const running = await aContract(
    teams,
    { title: 'En cours', ...RUNNING, amount: '2 000,00 $', supplier: 'bleuet' },
    samuel,
  );
  const past = await aContract(teams, { title: 'Passé', ...PAST, amount: '30 000,50 $' });
  const ended = await aContract(teams, { title: 'Rompu', ...RUNNING, amount: '4,00 $' }, samuel);
  await teams.mustPress(samuel, 'contracts.terminate', { contract: ended, ...TERMINATION });
  return { coming, running, past, ended };
}

describe('the register', () => {
  test('lists the contracts of every body, the first end first, with their count and their sum', async () => {
    await four();
    expect(await titles({})).toEqual(['Passé', 'Rompu', 'En cours', 'À venir']);
    const { totals } = await contracts().register(EVERY_CONTRACT, 1, 2);
    expect(totals).toMatchObject({ contracts: 4, amountCents: 3_210_450 });
    const card = await teams.asks(diane, 'registre des contrats');
    expect(card.template).toBe('contracts/register');
    expect(card.plain).toContain('4 contrats, 32 104,50 $');
    expect(card.plain).toContain(`${CITY} · bleuet inc.`);
  });

  test('narrows by state, supplier, body, period and words, and says so', async () => {
    await four();
    expect(await titles({ state: 'inForce' })).toEqual(['Rompu', 'En cours', 'À venir']);
    expect(await titles({ state: 'ending' })).toEqual(['Rompu', 'En cours']);
    expect(await titles({ state: 'ended' })).toEqual(['Passé']);
    expect(await titles({ state: 'terminated' })).toEqual(['Rompu']);
    expect(await titles({ supplier: 'bleuet' })).toEqual(['En cours']);
    expect(await titles({ period: '2026' })).toEqual(['Rompu', 'En cours', 'À venir']);
    expect(await titles({ period: '2026-10-01' })).toEqual(['À venir']);
    expect(await titles({ period: '2027-01-01', dated: 'ends' })).toEqual(['En cours']);
    expect(await titles({ words: 'GASPE' })).toEqual(['Rompu', 'En cours']);
    expect(await titles({ words: 'gaspé bleuet' })).toEqual(['En cours']);
    expect(await titles({ words: 'a venir' })).toEqual(['À venir']);
    const number = (await contracts().register({ ...EVERY_CONTRACT, words: 'Passé' }, 1, 1)).items[0]
      ?.contract;
    expect(await titles({ words: String(number?.number) })).toContain('Passé');
    const [body] = (await contracts().register({ ...EVERY_CONTRACT, words: CITY }, 1, 1)).items;
    expect(await titles({ body: body?.contract.organizationId ?? '' })).toEqual(['Rompu', 'En cours']);
    const card = await teams.mustPress(diane, 'contracts.register', {
      page: 1,
      state: 'terminated',
      supplier: 'airelle',
      period: '2026',
      dated: 'signed',
      order: 'end',
      words: 'Gaspé',
      lateOnly: 'false',
    });
    expect(card.plain).toContain('Résiliés · airelle inc. · « Gaspé » · Signés en 2026');
    expect(card.plain).toContain('1 contrat, 4,00 $');
  });

  test('is in the order that is asked for', async () => {
    await four();
    expect(await titles({ order: 'amount' })).toEqual(['Passé', 'En cours', 'À venir', 'Rompu']);
    expect(await titles({ order: 'newest' })).toEqual(['À venir', 'En cours', 'Rompu', 'Passé']);
    expect((await titles({ order: 'supplier' })).at(-1)).toBe('En cours');
    expect((await titles({ order: 'body' })).slice(2)).toEqual(['Rompu', 'En cours']);
  });

  test('follows what changes: a termination, and its undoing', async () => {
    const { coming } = await four();
    await teams.mustPress(alex, 'contracts.terminate', { contract: coming, ...TERMINATION });
    expect(await titles({ state: 'terminated' })).toEqual(['À venir', 'Rompu']);
    await teams.mustPress(alex, 'contracts.undoTermination', { contract: coming, revision: 1 });
    expect(await titles({ state: 'terminated' })).toEqual(['Rompu']);
  });

  test('keeps its filter through its pages, and gives the nearest page of those that are gone', async () => {
    for (let n = 1; n <= 8; n++) await aContract(teams, { title: `Contrat ${n}`, ...COMING });
    await aContract(teams, { title: 'D’ailleurs', supplier: 'bleuet', ...COMING });
    const first = await teams.mustPress(diane, 'contracts.register', {
      page: 1,
      supplier: 'airelle',
      lateOnly: 'false',
    });
    expect(first.plain).toContain('Page 1 de 2 · 8 contrats');
    const second = await teams.mustClick(diane, first, 'Suivante');
    expect(second.plain).toContain('Page 2 de 2 · 8 contrats');
    expect(second.plain).not.toContain('D’ailleurs');
    const beyond = await teams.mustPress(diane, 'contracts.register', { page: 99 });
    expect(beyond.plain).toContain('Page 2 de 2');
  });

  test('narrows nothing by what was made up', async () => {
    await four();
    for (const seen of ['', 'null', '{"period":"2026-99-99"}', '{"body":"x","order":1}'])
      expect((await teams.mustPress(diane, 'contracts.register', { page: 1, seen })).plain).toContain(
        '4 contrats',
      );
  });
});

describe('late duties', () => {
  /** What the rule of one contract says of each, as the lists of the staff should have it. */
  async function byRule(): Promise<string[]> {
    const { items } = await contracts().register(EVERY_CONTRACT, 1, 100);
    return items
      .flatMap((row) =>
        standingOf(row, contracts()).flatMap(({ duty, state }) =>
          state === 'late' ? [`${row.contract.title} ${duty.title} ${duty.due.on}`] : [],
        ),
      )
      .sort();
  }
  const listed = async (): Promise<string[]> =>
    (await contracts().latePage(EVERY_CONTRACT, 1, 500)).items
      .map(({ contract, title, dueOn }) => `${contract.title} ${title} ${dueOn}`)
      .sort();

  test('are those that the rule of each contract calls late, whatever was signed, ended, done or said since', async () => {
    const { coming, running, past, ended } = await four();
    const alike = async () => {
      const late = await listed();
      expect(late).toEqual(await byRule());
      return late.length;
    };
    expect(await alike()).toBe(0);
    await teams.mustPress(alex, 'contracts.amend', { contract: coming, kind: 'quantities', text: 'Plus.' });
    const [amendment] = await contracts().amendments(coming, alex);
    const steps = { contract: coming, amendment: amendment?.id };
    await teams.mustPress(alex, 'contracts.askAmendment', { ...steps, askedOn: '2026-11-23' });
    await teams.mustPress(alex, 'contracts.validateAmendment', {
      ...steps,
      validatedOn: '2026-11-23',
      validatedBy: 'Diane',
    });
    await teams.mustPress(alex, 'contracts.signAmendment', { ...steps, signedOn: '2026-11-23' });
    // What was due before the contract was noted is asked, not late, until somebody says that it is to be done.
    await contracts().sayOfEntry(alex, past, new Map([['copy', 'wanted']]));
    const seen: number[] = [];
    for (const days of [3, 4, 1, 7, 30, 400]) {
      teams.clock.advance({ days });
      seen.push(await alike());
    }
    expect(Math.max(...seen)).toBeGreaterThan(3);
    await teams.mustPress(alex, 'contracts.done', { contract: coming, duty: 'copy', on: '2026-11-25' });
    await teams.mustPress(samuel, 'contracts.undoTermination', { contract: ended, revision: 1 });
    expect(await alike()).toBeLessThan(seen.at(-1) ?? 0);
    expect(running).not.toBe('');
  });

  test('are listed with whose they are and who is reminded, and narrow the register', async () => {
    await four();
    teams.clock.advance({ days: 21 });
    const card = await teams.asks(diane, 'obligations en retard');
    expect(card.plain).toContain('Transmettre au Courtier une copie du contrat signé');
    expect(card.plain).toContain('Attendu au plus tard le 27 novembre 2026, en retard de 17 jours');
    expect(card.plain).toContain('Rappels à Alex Gagnon');
    expect(card.plain).toContain('rien n’est envoyé d’ici');
    expect(await titles({ late: true })).toContain('À venir');
    expect(await titles({ late: true })).not.toContain('Passé');
    const { totals } = await contracts().register(EVERY_CONTRACT, 1, 5);
    expect(totals.late).toBe((await titles({ late: true })).length);
    const opened = await teams.mustClick(diane, card, 'Transmettre au Courtier une copie du contrat signé');
    expect(opened.template).toBe('contracts/register-case');
    const narrowed = await teams.mustPress(diane, 'contracts.late', { page: 1, words: 'rien de tel' });
    expect(narrowed.plain).toContain('Rien n’est en retard ici.');
  });
});

describe('a contract as a case', () => {
  test('says whose it is, who follows it, what it asks for, what was paid, and what else the body has', async () => {
    const { coming, past } = await four();
    await teams.mustPress(alex, 'contracts.addInvoice', {
      contract: past,
      paidOn: '2026-01-20',
      amount: '1 200,00 $',
      note: '',
    });
    await teams.mustPress(nadia, 'contracts.comment', {
      kind: 'supplierComplaint',
      supplier: 'airelle',
      text: 'Le soutien tarde.',
    });
    await teams.mustPress(nadia, 'contracts.follow', { contract: past });
    const card = await teams.mustPress(diane, 'contracts.case', { contract: past });
    for (const text of [
      'Passé',
      'Ministère de l’Énergie',
      'Alex Gagnon, Nadia Benali',
      'Terminé le 31 janvier 2026',
      '30 000,50 $',
      '1 autre contrat ; 1 commentaire ou plainte, dont 1 ouvert',
      '1 facture payée notée, 1 200,00 $ en tout.',
    ])
      expect(card.plain).toContain(text);
    expect(card.buttons.map(({ title }) => title)).toContain('De cet organisme');
    const body = await teams.mustClick(diane, card, 'De cet organisme');
    expect(body.plain).toContain('Ministère de l’Énergie');
    expect(body.plain).toContain('2 contrats');
    teams.clock.advance({ days: 30 });
    const late = await teams.mustPress(diane, 'contracts.case', { contract: coming });
    expect(late.plain).toContain('1 obligation en retard.');
  });

  test('names nobody who is gone, and still opens', async () => {
    const { past } = await four();
    await teams.services.privacy.erase(alex);
    const card = await teams.mustPress(diane, 'contracts.case', { contract: past });
    expect(card.plain).toContain('Quelqu’un qui n’est plus là');
    expect(card.plain).not.toContain('Alex');
  });
});

describe('the file of the register', () => {
  const exported = async (filter = {}) => {
    await teams.press(diane, 'contracts.exportRegister', { page: 1, lateOnly: 'false', ...filter });
    return teams.lastCard().token();
  };

  test('has what the filter lets through, its sums, and what is late', async () => {
    await four();
    teams.clock.advance({ days: 21 });
    const file = await download(await exported({ supplier: 'airelle' }), teams.services);
    expect(file.fileName).toBe('registre-contrats_2026-12-14.xlsx');
    const book = await workbookOf(file.body);
    const sheet = book.getWorksheet('Contrats');
    expect(sheet?.getCell('A2').value).toContain('airelle inc.');
    const named = sheet?.getColumn(3).values.filter((value) => typeof value === 'string');
    expect(named).toEqual(['Contrat', 'Passé', 'Rompu', 'À venir']);
    expect(sheet?.getCell('K8').value).toMatchObject({ result: 30_104.5 });
    const late = book.getWorksheet('Obligations en retard');
    expect(late?.getCell('E5').value).toBe('Transmettre au Courtier une copie du contrat signé');
  });

  test('is for whoever asked, while they are of the staff', async () => {
    const token = await exported();
    await giveRole(teams, diane, 'client');
    await expect(download(token, teams.services)).rejects.toThrow('introuvable');
  });
});

test('all of it is the staff’s: a client finds nothing, and nothing is shown where clients are', async () => {
  const { past } = await four();
  const verbs = ['contracts.register', 'contracts.late', 'contracts.exportRegister'];
  for (const [verb, data] of [
    ...verbs.map((verb) => [verb, { page: 1 }] as const),
    ['contracts.case', { contract: past }] as const,
  ]) {
    expect(await teams.refusedPress(alex, verb, data)).toContain('introuvable');
    expect(await teams.refusedPress(diane, verb, data, channel)).not.toContain('Passé');
  }
  expect((await teams.asks(alex, 'registre des contrats')).template).not.toBe('contracts/register');
  expect((await teams.asks(admin, 'registre des contrats')).template).toBe('contracts/register');
  expect(
    features
      .flatMap(({ messages }) => messages)
      .filter(({ command }) => command === 'registre des contrats')[0]?.role,
  ).toBe('staff');
});
