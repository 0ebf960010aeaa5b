import { beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../src/app/doors.ts';
import { reconcile } from '../../../src/features/contracts/overseeing/rules/reconciling.ts';
import { readReport } from '../../../src/features/contracts/overseeing/rules/report.ts';
import { aContract } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { colleagues, giveRole, met } from '../../support/organization.ts';
import { alex, channel, diane, samuel } from '../../support/people.ts';
import { workbookOf } from '../../support/workbook.ts';

// The suppliers report each quarter what was paid (guide 4.3): the staff lay it beside what Courtier knows.

const teams = fakeTeams({ shortGuide: true });

const RUNNING = { signedOn: '2026-01-12', startsOn: '2026-01-15', endsOn: '2027-12-31' };
const QUARTER = '2026-07-01';
let first = '';
let second = '';

beforeEach(async () => {
  await people(teams);
  await met(teams, samuel);
  await colleagues(teams, [samuel], 'Ville de Gaspé');
  first = await aContract(teams, { title: 'Courriel', ...RUNNING });
  second = await aContract(teams, { title: 'Stockage', ...RUNNING }, samuel);
  await aContract(teams, { title: 'Téléphonie', supplier: 'bleuet', ...RUNNING });
});
const paid = (contract: string, amount: string, paidOn = '2026-08-15', who = alex) =>
  teams.mustPress(who, 'contracts.addInvoice', { contract, paidOn, amount, note: '' });
const numberOf = async (id: string) => (await teams.services.contracts.contractCase(id)).contract.number;

describe('the quarter', () => {
  test('that was over last is shown by supplier, with what was paid, its fees, and who noted nothing', async () => {
    await paid(first, '1 000,00 $');
    await paid(first, '500,25 $', '2026-09-30');
    await paid(second, '10,00 $', '2026-07-01', samuel);
    // Of other quarters.
    await paid(first, '7,00 $', '2026-06-30');
    await paid(first, '9,00 $', '2026-10-01');
    const card = await teams.asks(diane, 'rapport du trimestre');
    expect(card.plain).toContain('Trimestre du 1er juillet au 30 septembre 2026');
    expect(card.plain).toContain('3 contrats : 3 factures payées, 1 510,25 $, frais de 30,21 $.');
    expect(card.plain).toContain(
      '2 contrats, 2 organismes : 3 factures payées, 1 510,25 $, frais de 30,21 $',
    );
    expect(card.plain).toContain('1 contrat sans facture notée');
    const before = await teams.mustClick(diane, card, 'Trimestre précédent');
    expect(before.plain).toContain('1 facture payée, 7,00 $');
    const after = await teams.mustClick(diane, card, 'Trimestre suivant');
    expect(after.plain).toContain('1 facture payée, 9,00 $');
    const supplier = await teams.mustClick(diane, card, 'airelle inc.');
    expect(supplier.plain).toContain('2 contrats');
  });

  test('has a file with a column for what is reported, and the difference calculated', async () => {
    await paid(first, '1 000,00 $');
    await teams.press(diane, 'contracts.exportQuarter', { quarter: QUARTER });
    const file = await download(teams.lastCard().token(), teams.services);
    expect(file.fileName).toBe('rapport-trimestriel_2026-07-01_au_2026-09-30.xlsx');
    const book = await workbookOf(file.body);
    const sheet = book.getWorksheet('Par fournisseur');
    expect(sheet?.getRow(5).values).toMatchObject({ 1: 'airelle inc.', 6: 1_000, 7: 20 });
    expect(sheet?.getCell('I5').formula).toBe('IF(ISNUMBER(H5),H5-F5,"")');
    expect(book.getWorksheet('Par contrat')?.getCell('B5').value).toContain('Ministère');
  });
});

describe('a supplier’s report', () => {
  const csv = (text: string) => text;
  async function drops(name: string, bytes: string | Uint8Array, who = diane) {
    await teams.drops(who, { [name]: bytes });
    return teams.posted.at(-1)?.content;
  }
  const shown = () => teams.lastCard();

  test('is laid beside what Courtier knows: alike, different, missing on either side', async () => {
    await paid(first, '1 000,00 $');
    await paid(second, '10,00 $', '2026-08-15', samuel);
    const [one, two] = [await numberOf(first), await numberOf(second)];
    await drops(
      'rapport airelle.csv',
      csv(
        `No du contrat;Client;Montant des acquisitions\n${one};Ministère;"1 100,00 $"\n999;Ville inconnue;5,00\n`,
      ),
    );
    const card = shown();
    expect(card.template).toBe('contracts/reconciled');
    expect(card.plain).toContain('Rapport d’airelle inc.');
    expect(card.plain).toContain(
      '0 ligne pareille, 1 montant différent, 1 absente du rapport, 1 inconnue de Courtier.',
    );
    expect(card.plain).toContain('Montants différents : rapporté 1 100,00 $, connu 1 000,00 $');
    expect(card.plain).toContain(`Contrat nº ${two} · Ville de Gaspé · Stockage`);
    expect(card.plain).toContain('Absent du rapport : rapporté rien, connu 10,00 $');
    expect(card.plain).toContain('Ville inconnue');
    expect(card.plain).toContain('Rapporté : 1 105,00 $. Connu de Courtier : 1 010,00 $.');
    const file = await download(card.token(), teams.services);
    expect(file.fileName).toBe('differences_airelle-inc_2026-07-01.xlsx');
    const sheet = (await workbookOf(file.body)).getWorksheet('Différences');
    expect(sheet?.getCell('H5').value).toBe(100);
  });

  test('by body is compared by body, of the supplier that is named in its name, in the quarter of the day that is written there', async () => {
    await paid(second, '10,00 $', '2026-05-15', samuel);
    await drops('rapport_airelle_2026-04-01.csv', csv('Organisme,Montant\nVILLE DE GASPE,10.00\n'));
    expect(shown().plain).toContain('Trimestre du 1er avril au 30 juin 2026');
    expect(shown().plain).toContain('1 ligne pareille');
    expect(shown().plain).toContain('Tout concorde.');
  });

  test('of nobody known, or without the columns of one, is refused in a sentence that says what to do', async () => {
    expect(await drops('rapport.csv', csv('Organisme;Montant\nVille;10,00\n'))).toContain(
      'De quel fournisseur',
    );
    expect(await drops('rapport.csv', csv('a;b\n1;2\n'))).toContain('n’a pas les colonnes');
  });

  test('filled into the file that Courtier gave is read from it', async () => {
    await paid(first, '1 000,00 $');
    await teams.press(diane, 'contracts.exportQuarter', { quarter: QUARTER });
    const file = await download(teams.lastCard().token(), teams.services);
    const book = await workbookOf(file.body);
    const sheet = book.getWorksheet('Par contrat');
    if (!sheet) throw new Error('no sheet');
    sheet.getCell('H5').value = 1_000;
    await drops(file.fileName, new Uint8Array(await book.xlsx.writeBuffer()));
    expect(shown().plain).toContain('1 ligne pareille');
  });

  test('says which lines could not be read, by their cell', async () => {
    const one = await numberOf(first);
    await drops('rapport.csv', csv(`No;Montant\n${one};beaucoup\n${one};12,00\n`));
    expect(shown().plain).toContain('B2 : « beaucoup » n’est pas un montant.');
    expect(shown().plain).toContain('1 ligne n’a pu être lue');
  });

  test('is read by the staff only, and its differences given to them only', async () => {
    await paid(first, '1 000,00 $');
    const one = await numberOf(first);
    const report = csv(`No;Montant\n${one};12,00\n`);
    expect(JSON.stringify(await drops('rapport.csv', report, alex))).not.toContain('reconciled');
    await drops('rapport.csv', report);
    const token = shown().token();
    await giveRole(teams, diane, 'client');
    await expect(download(token, teams.services)).rejects.toThrow('introuvable');
  });
});

test('a credit is taken from what is reported, a sum below the table is no line', async () => {
  const sheet = {
    name: 'Feuille',
    rows: [
      ['Rapport du trimestre'],
      ['N° du contrat', 'Montant'],
      ['C-12', '100.5'],
      ['C-12', '-0,50 $'],
      ['Total', '100'],
    ],
  };
  const read = readReport([sheet]);
  expect(read).toEqual({
    lines: [
      { line: 3, number: 12, body: '', supplier: '', cents: 10_050 },
      { line: 4, number: 12, body: '', supplier: '', cents: -50 },
    ],
    problems: [],
  });
  const known = { number: 12, title: '', supplier: 'a', supplierName: 'A', body: null, paidCents: 10_000 };
  expect(reconcile(read?.lines ?? [], [known], '')?.rows.map(({ verdict }) => verdict)).toEqual(['same']);
});

test('the quarter is the staff’s', async () => {
  for (const verb of ['contracts.quarter', 'contracts.exportQuarter']) {
    expect(await teams.refusedPress(alex, verb, { page: 1 })).toContain('introuvable');
    expect(await teams.refusedPress(diane, verb, { page: 1 }, channel)).not.toContain('airelle');
  }
});
