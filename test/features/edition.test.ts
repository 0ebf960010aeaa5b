import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CARDS_FOLDER, HOLIDAYS_FILE } from '../../src/app/paths.ts';
import {
  documentSource,
  GUIDE_FOLDER,
  linkedSource,
  longestMonths,
  openGuide,
} from '../../src/core/guide/index.ts';
import { buildBusinessDays } from '../../src/core/time/business-days.ts';
import { readHolidays } from '../../src/edges/calendar/index.ts';
import { buildRenderer } from '../../src/edges/teams/render.ts';
import { KINDS_OF_BODY } from '../../src/features/acquisitions/index.ts';
import { readWish } from '../../src/features/catalogue/asking/rules/wish.ts';
import { CATEGORY_NAMES } from '../../src/features/catalogue/index.ts';
import { COMMENT_NAMES } from '../../src/features/contracts/commenting/rules.ts';
import {
  CONTRACTS_FILE,
  readContractRules,
} from '../../src/features/contracts/duties/rules/contract-rules.ts';
import { dutiesOf } from '../../src/features/contracts/duties/rules/duties.ts';
import { quarterOf, quarterText } from '../../src/features/contracts/duties/rules/quarters.ts';
import { retentionOf } from '../../src/features/contracts/duties/rules/retention.ts';
import { checkTerm, latestEnd } from '../../src/features/contracts/recording/rules/term.ts';
import { publicationFields } from '../../src/features/contracts/texts.ts';
import { STEPS } from '../../src/features/kickoff/steps/rules.ts';
import { agendaItems } from '../../src/features/kickoff/texts.ts';
import { sourceOf } from '../../src/features/knowledge/answering/screens/cards.ts';
import { buildKnowledgeBase, readContent } from '../../src/features/knowledge/index.ts';
import { PricingRequest } from '../../src/features/scenarios/pricing/rules/request.ts';
import { takenDue, takenText } from '../../src/features/scenarios/supporting/rules/taking-charge.ts';
import { fixtureOf } from '../support/fixtures.ts';

// Another edition of the guide, in which each value is another: what it says changes everywhere at once, in the answer,
// the card and the rule.

const CHANGES: Readonly<Record<string, readonly (readonly [from: string | RegExp, to: string])[]>> = {
  'edition.yaml': [
    ['date: 2018-06-01\n#', 'date: 2026-09-15\naddress: https://guide.example.org/guide.pdf\n#'],
    [/$/, '  - { date: 2026-09-15, changes: [tout est nouveau] }\n'],
  ],
  'institutions.yaml': [
    [
      'acronym: CSPQ, name: Centre de services partagés du Québec, gender: m',
      'acronym: AGN, name: Agence du nuage, gender: f',
    ],
    ['infonuagique@sct.gouv.qc.ca', 'pole@nuage.example.org'],
    ['418 643-5438', '418 555-0100'],
    ['http://www.portail.approvisionnement-quebec.gouv.qc.ca/', 'http://portail.example.org/'],
  ],
  'lois.yaml': [
    ['Loi sur les contrats des organismes publics', 'Loi nouvelle sur les contrats'],
    ['Loi sur le CSPQ', 'Loi sur l’AGN'],
  ],
  'regles.yaml': [
    ['priceDay: { value: 1', 'priceDay: { value: 2'],
    ['trialDays: { value: 60', 'trialDays: { value: 90'],
    ['trialUnits: { value: 30', 'trialUnits: { value: 45'],
    ['answerDays: { value: 3', 'answerDays: { value: 4'],
    ['contractYears: { value: 3', 'contractYears: { value: 5'],
    ['copyDays: { value: 5', 'copyDays: { value: 8'],
    ['keptYears: { value: 7', 'keptYears: { value: 6'],
  ],
  'categories.yaml': [
    ['{ name: Tableur, short: Tableur }', '{ name: Chiffrier en ligne, short: Chiffrier }'],
  ],
  'organisations.yaml': [
    ['title: Organisme municipal', 'title: Ville ou municipalité régionale'],
    ['**Organismes municipaux**', '**Villes et municipalités régionales**'],
  ],
  'seao.yaml': [['43233500', '99999999']],
  'trimestres.yaml': [
    ['"06-30"', '"07-31"'],
    ['"07-01"', '"08-01"'],
  ],
  'documents.yaml': [['name: Factures du fournisseur', 'name: Factures et relevés']],
  'etapes.yaml': [
    ['title: Vérifier le fournisseur', 'title: Contrôler le fournisseur'],
    ["says: Vérifiez l'admissibilité", "says: Contrôlez l'admissibilité"],
  ],
  'ordre-du-jour.yaml': [['- Questions et réponses', '- Échanges']],
  'commentaires.yaml': [
    ['title: Proposer un nouveau volet d’offres', 'title: Proposer une famille d’offres'],
    ["says: suggérer un nouveau volet d'offres", "says: suggérer une famille d'offres"],
  ],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-edition-'));
  cpSync(GUIDE_FOLDER, folder, { recursive: true });
  for (const [file, changes] of Object.entries(CHANGES)) {
    const path = join(folder, file);
    let text = readFileSync(path, 'utf8');
    for (const [from, to] of changes) {
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`${file} does not say ${from}`);
      text = changed;
    }
    writeFileSync(path, text);
  }
  openGuide(folder);
});
afterAll(() => {
  openGuide();
  rmSync(folder, { recursive: true, force: true });
});

const day = (text: string) => Temporal.PlainDate.from(text);
const days = buildBusinessDays(readHolidays(HOLIDAYS_FILE));
const term = { signedOn: day('2026-12-01'), startsOn: day('2026-12-01'), endsOn: day('2028-11-30') };
const answerOf = (id: string): string =>
  readContent().content.entries.find((entry) => entry.id === id)?.answer ?? '';
const cardOf = (template: string): string =>
  JSON.stringify(buildRenderer(CARDS_FOLDER, new Set())(fixtureOf(template)));
const duties = () =>
  dutiesOf(
    { ...term, rcti: true, finalSignedOn: undefined, amendments: [] },
    readContractRules(CONTRACTS_FILE),
    days,
  );

describe('the answers', () => {
  test('it is in order: another edition is no fault', () => {
    expect(readContent().problems).toEqual([]);
  });

  test.each([
    ['edition-guide', '15 septembre 2026'],
    ['edition-guide', 'tout est nouveau'],
    ['role-courtier', 'de l’Agence du nuage (AGN)'],
    ['frais-gestion', 'L’AGN vous facture'],
    ['aide-impacts', 'pole@nuage.example.org'],
    ['hors-catalogue', '418 555-0100'],
    ['role-catalogue', 'http://portail.example.org/'],
    ['sigles-lois', 'Loi nouvelle sur les contrats'],
    ['consulter-catalogue', 'deuxième jour ouvrable'],
    ['prix-ou-offre-modifies', 'deuxième jour ouvrable'],
    ['precisions-banc-essai', '90 jours et 45 unités'],
    ['preuve-de-concept', '90 jours au maximum'],
    ['preuve-de-concept', 'quatre jours ouvrables'],
    ['duree-contrat', '**Cinq ans au maximum**'],
    ['modifier-contrat', 'Dépasser cinq ans'],
    ['modifier-contrat', '8 jours ouvrables'],
    ['evaluation-fin-contrat', '8 jours ouvrables'],
    ['conclure-contrat', '8 jours ouvrables'],
    ['documents-conserver', 'dans les 8 jours ouvrables'],
    ['documents-conserver', '6 ans'],
    ['documents-conserver', 'Factures et relevés'],
    ['differends-litiges', '6 ans'],
    ['types-offres', 'chiffrier en ligne'],
    ['clientele-admissible', 'Loi sur l’AGN'],
    ['clientele-admissible', 'Villes et municipalités régionales'],
    ['publier-seao', '99999999'],
    ['frais-gestion', '1er avril au 31 juillet'],
    ['conclure-contrat', "Contrôlez l'admissibilité"],
    ['rencontre-demarrage', 'Échanges'],
    ['communiquer-courtier', "suggérer une famille d'offres"],
  ])('%s says « %s »', (id, words) => {
    expect(answerOf(id)).toContain(words);
  });

  test('an answer that is kept for the old edition says none of its figures', () => {
    const old = /60 jours|30 unités|trois jours ouvrables|trois ans|5 jours ouvrables|7 ans|CSPQ|643-5438/;
    const said = readContent().content.entries.filter(({ answer }) => old.test(answer));
    expect(said.map(({ id }) => id)).toEqual([]);
  });

  test('its source names the edition, and its contact the new address', () => {
    expect(sourceOf({ reference: '4.12', owner: '' })).toBe(
      'Guide, section 4.12 (édition du 15 septembre 2026)',
    );
    // The answer's source leads to the page where its section begins; a part of a section, to that of the whole.
    expect(linkedSource('4.12')).toBe(
      '[Guide, section 4.12 (édition du 15 septembre 2026)](https://guide.example.org/guide.pdf#page=21)',
    );
    expect(linkedSource('3.4.3')).toContain('#page=12)');
    expect(buildKnowledgeBase(readContent().content).contact('pole').email).toBe('pole@nuage.example.org');
  });
});

describe('the cards', () => {
  test.each([
    ['contracts/new', 'au plus cinq ans'],
    ['kickoff/request', 'De 1 à 60 mois'],
    ['catalogue/drop-help', 'deuxième jour ouvrable'],
    ['scenarios/clarifications', 'quatre jours ouvrables'],
  ])('%s says « %s »', (template, words) => {
    expect(cardOf(template)).toContain(words);
  });

  test('the categories, the kinds of organization, the subjects, the fields and the agenda have the new words', () => {
    expect(CATEGORY_NAMES.tableur).toBe('Chiffrier');
    expect(readWish('offres de chiffrier', [])).toMatchObject({ criteria: { category: 'tableur' } });
    expect(KINDS_OF_BODY.municipal.title).toBe('Ville ou municipalité régionale');
    expect(COMMENT_NAMES.offers).toBe('Proposer une famille d’offres');
    expect(publicationFields()[1]?.value).toContain('99999999');
    expect(agendaItems()).toContain('Échanges');
    expect(STEPS[4]?.title).toBe('Contrôler le fournisseur');
  });

  test('a document names the edition', () => {
    expect(documentSource('3.1')).toContain('édition du 15 septembre 2026');
  });
});

describe('the rules', () => {
  test('a price changes on the second business day of the month', () => {
    expect(days.priceDate(day('2026-12-15')).toString()).toBe('2026-12-02');
  });

  test('a contract lasts five years, in its dates, in what is refused and in what is priced', () => {
    expect(latestEnd(term).toString()).toBe('2031-11-30');
    expect(() => checkTerm({ ...term, endsOn: day('2031-12-01') })).toThrow('au plus cinq ans');
    expect(longestMonths()).toBe(60);
    const request = { needs: [{ category: 'tableur', quantities: [{ fromMonth: 1, units: 5 }] }] };
    expect(PricingRequest.safeParse({ ...request, durationMonths: 60 }).success).toBe(true);
    expect(PricingRequest.safeParse({ ...request, durationMonths: 61 }).error?.issues[0]?.message).toContain(
      '60',
    );
  });

  test('a supplier takes a request in charge in four business days', () => {
    const { due, today } = { due: takenDue('2026-11-23', days), today: '2026-11-24' };
    expect(due).toMatchObject({ section: '3.3.2' });
    expect(due.on.toString()).toBe('2026-11-27');
    expect(takenText(due, today)).toContain('27 novembre 2026');
  });

  test('a copy is due in eight business days', () => {
    expect(
      duties()
        .find(({ id }) => id === 'copy')
        ?.due.on.toString(),
    ).toBe('2026-12-11');
  });

  test('documents are kept six years, under their new names', () => {
    const kept = retentionOf(day('2028-11-30'), true).find(({ title }) => title === 'Factures et relevés');
    expect(kept?.until.toString()).toBe('2034-11-30');
  });

  test('the periods of the fees are the new ones', () => {
    expect(quarterText(quarterOf(day('2027-07-15')))).toBe('1er avril au 31 juillet 2027');
    expect(quarterText(quarterOf(day('2027-08-01')))).toBe('1er août au 30 septembre 2027');
  });
});
