import { describe, expect, test } from '@jest/globals';
import { readOwnFile } from '../../src/features/acquisitions/rules/asking.ts';
import { isNamed, readOwnContract, termText } from '../../src/features/contracts/asking/rules.ts';
import { readOwnEvaluations } from '../../src/features/evaluations/answering/rules/asking.ts';
import { readOwnMeeting, readOwnSigning } from '../../src/features/kickoff/asking/rules.ts';
import { KNOWLEDGE_FOLDER, readContent } from '../../src/features/knowledge/index.ts';
import { readOwnBody } from '../../src/features/people/organizations/rules/asking.ts';
import { asksAgenda } from '../../src/features/welcome/agenda/rules.ts';

const { content } = readContent(KNOWLEDGE_FOLDER);

test.each([
  ['où en est mon dossier', 'state'],
  ['ou en est mon dossier ?', 'state'],
  ['où en est mon achat', 'state'],
  ['où en est ma demande', 'state'],
  ['mon dossier est rendu où', 'state'],
  ["c'est rendu où mon dossier", 'state'],
  ["où c'est rendu mon achat", 'state'],
  ['mon achat avance-t-il', 'state'],
  ['à quelle étape est mon dossier', 'state'],
  ['je suis rendu où dans mon dossier', 'state'],
  ['statut de mon dossier', 'state'],
  ['suivi de mon dossier svp', 'state'],
  ['montrez-moi mon dosier', 'list'],
  ['où en suis-je', 'list'],
  ["où j'en suis rendu", 'list'],
])('« %s » asks of one’s file', (text, asked) => expect(readOwnFile(text)?.asked).toBe(asked));

test.each([
  ['quand est ma rencontre', 'when'],
  ['quand est ma rencontre de démarrage ?', 'when'],
  ["c'est quand ma rencontre", 'when'],
  ["ma rencontre c'est quand", 'when'],
  ['quand est-ce que ma rencontre a lieu', 'when'],
  ['à quelle heure est ma rencontre de démarrage', 'when'],
  ['ma rencontre est-elle fixée', 'when'],
  ['date de ma rencontre', 'when'],
  ['où en est ma rencontre', 'state'],
  ['où en est ma demande de rencontre', 'state'],
])('« %s » asks of one’s meeting', (text, asked) => expect(readOwnMeeting(text)?.asked).toBe(asked));

test.each([
  ['quand finit mon contrat', 'when', undefined],
  ['qand finit mon contrat', 'when', undefined],
  ['quand finit mon contrat avec Nordet', 'when', 'nordet'],
  ['quand est-ce que mon contrat avec nordet se termine', 'when', 'nordet'],
  ['mon contrat avec Nordet finit quand', 'when', 'nordet'],
  ['il reste combien de temps à mon contrat', 'when', undefined],
  ['combien de temps il reste à mon contrat', 'when', undefined],
  ['combien de temps reste-t-il à mon contrat avec Nordet', 'when', 'nordet'],
  ['il reste combien de mois à notre contrat', 'when', undefined],
  ['date de fin de mon contrat', 'when', undefined],
  ["la fin de mon contrat c'est quand", 'when', undefined],
  ['est-ce que mon contrat est signé', 'signed', undefined],
  ['mon contrat est-tu signé', 'signed', undefined],
  ['où en est mon contrat', 'state', undefined],
  ['mes contrats', 'list', undefined],
  ['quels sont mes contrats', 'list', undefined],
  ["combien de contrats j'ai", 'list', undefined],
  ['ai-je des contrats', 'list', undefined],
])('« %s » asks of one’s contract', (text, asked, whom) =>
  expect(readOwnContract(text)).toMatchObject({ asked, whom }),
);

test('a thing may be named by its number', () => {
  expect(readOwnContract('mon contrat nº 12')?.number).toBe(12);
  expect(readOwnFile('où en est mon dossier 3')?.number).toBe(3);
  expect(readOwnMeeting('ma rencontre nº 4')?.number).toBe(4);
});

test.each([
  'mes évaluations',
  "est-ce que j'ai des évaluations à faire",
  "j'ai-tu des évaluations à remplir",
  'ai-je une évaluation à faire',
  "combien d'évaluations j'ai à faire",
  'où en sont mes évaluations',
  'mes evaluatons',
  'quand est due mon évaluation',
])('« %s » asks of one’s evaluations', (text) => expect(readOwnEvaluations(text)).toBeDefined());

test.each([
  "qu'est-ce que je dois faire cette semaine",
  'quest-ce que je dois faire aujourd’hui',
  'que dois-je faire cette semaine ?',
  'cette semaine je dois faire quoi',
  "j'ai quoi à faire cette semaine",
  "qu'ai-je à faire",
  "qu'est-ce qui presse",
  "c'est quoi qui presse",
  "qu'est-ce que j'ai à faire cette semaine",
  'quoi faire cette semaine',
  'quelles sont mes prochaines échéances',
  "ai-je quelque chose d'urgent",
  'y a-tu de quoi qui presse',
  "qu'est-ce qui s'en vient",
])('« %s » asks what is to do', (text) => expect(asksAgenda(text)).toBe(true));

test.each([
  ['qui est dans mon organisation', 'colleagues'],
  ["qui d'autre est dans mon organisation ?", 'colleagues'],
  ['qui sont mes collègues', 'colleagues'],
  ['qui fait partie de mon organisme', 'colleagues'],
  ['les membres de mon organisation', 'colleagues'],
  ['quelle est mon organisation', 'body'],
  ["mon organisation c'est quoi", 'body'],
  ['pour quelle organisation je travaille', 'body'],
])('« %s » asks of one’s body', (text, asked) => expect(readOwnBody(text)).toBe(asked));

describe('the rules of the guide', () => {
  const READERS = [
    readOwnFile,
    readOwnMeeting,
    readOwnSigning,
    readOwnContract,
    readOwnEvaluations,
    asksAgenda,
    readOwnBody,
  ];
  const isTaken = (text: string) => READERS.some((read) => read(text) !== undefined);

  test('are left to the guide, in all its wordings', () => {
    const wordings = [
      ...content.entries.flatMap(({ title, questions }) => [title, ...questions]),
      ...content.outOfScope,
    ];
    expect(wordings.length).toBeGreaterThan(2_000);
    expect(wordings.filter(isTaken)).toEqual([]);
  });

  test.each([
    'combien de temps dure un contrat au maximum',
    "quelle est la durée d'un contrat",
    'combien de temps dure mon contrat',
    'qui signe mon contrat',
    'qui prépare notre contrat',
    'mon contrat peut-il dépasser trois ans',
    'puis-je résilier mon contrat',
    'puis-je voir mon contrat avant de le signer',
    'comment modifier mon contrat',
    'quand est-ce que je peux signer mon contrat',
    'quand faut-il signer mon contrat',
    'mon contrat doit-il être publié au SEAO',
    'mon contrat doit être signé par qui',
    'notre contrat finit en mars, on veut rester',
    "j'ai un contrat en cours",
    'combien coûte mon contrat',
    'mon contrat dure trois ans',
    'dois-je publier mon contrat',
    'faut-il évaluer mon fournisseur',
    'quand dois-je évaluer mon fournisseur',
    'mes évaluations sont-elles publiques',
    'qui voit mes évaluations',
    'comment se font les évaluations',
    'quand faut-il demander la rencontre',
    'quand est la rencontre de démarrage',
    'est-ce que ma rencontre est obligatoire',
    'qui participe à ma rencontre',
    'combien de temps dure ma rencontre',
    'puis-je déplacer ma rencontre',
    'mon dossier doit contenir quoi',
    'combien de temps garder mon dossier',
    'mon achat est-il admissible',
    'mon achat doit-il passer par le Catalogue',
    'que dois-je faire',
    "qu'est-ce que je dois faire",
    "qu'est-ce que je dois faire si le fournisseur refuse",
    "qu'est-ce que je dois faire avant la rencontre",
    'mon organisme est-il admissible',
    'mon organisation peut-elle acheter',
    "qui dans mon organisation a l'accès au Catalogue",
    'qui doit signer dans mon organisation',
  ])('« %s » is not taken', (text) => expect(isTaken(text)).toBe(false));
});

test('a supplier is meant by a word of its name, one error at most', () => {
  expect(isNamed('Nordet Infonuagique inc.', 'nordet')).toBe(true);
  expect(isNamed('Nordet Infonuagique inc.', 'nordett svp')).toBe(true);
  expect(isNamed('Nordet Infonuagique inc.', 'outarde')).toBe(false);
  expect(isNamed('Nordet Infonuagique inc.', 'infonuagique')).toBe(false);
});

test.each([
  ['2028-11-30', null, 'Il finit le 2028-11-30 ; il reste 2 ans.'],
  ['2027-03-30', null, 'Il finit le 2027-03-30 ; il reste 4 mois.'],
  ['2026-12-01', null, 'Il finit le 2026-12-01 ; il reste 1 jour.'],
  ['2026-11-30', null, 'Il finit aujourd’hui, le 2026-11-30.'],
  ['2026-11-01', null, 'Il a fini le 2026-11-01.'],
  ['2026-12-31', '2026-12-31', 'Résilié : il finit le 2026-12-31 ; il reste 1 mois et 1 jour.'],
])('the end of a contract, %s, is told with what is left', (endsOn, terminatedOn, said) => {
  const term = { signedOn: '2026-01-01', startsOn: '2026-01-01', endsOn, terminatedOn };
  expect(termText(term, Temporal.PlainDate.from('2026-11-30'), (day) => day)).toBe(said);
});
