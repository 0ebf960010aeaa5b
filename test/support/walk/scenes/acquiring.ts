import { brokerDate } from '../../../../src/core/time/business-days.ts';
import { needsFact } from '../../../../src/features/needs/index.ts';
import { QUESTIONS } from '../../../../src/features/needs/rules/questions.ts';
import { wanting } from '../../article-48.ts';
import { priced } from '../../fiches.ts';
import { aFile, booked, proposed, requested, visit } from '../../kickoff.ts';
import { alex, channel, diane, keyOf, nadia } from '../../people.ts';
import { hands, type Scene, type Teams } from '../hands.ts';

/** From a file to a signed contract. */
export function acquiring(teams: Teams): readonly Scene[] {
  const { archiveAll, each, held, later, press, says } = hands(teams);
  const { services } = teams;
  return [
    [
      'a file to compare',
      async (open) => {
        await archiveAll();
        const file = await aFile(teams, { chosen: '', name: 'À comparer' });
        await says(alex, 'mon dossier', 'besoins', 'comparer');
        await open(alex, 'scenarios.shortlist', { file });
      },
    ],
    [
      'a question that a colleague has',
      async (open) => {
        await archiveAll();
        const question = { file: await aFile(teams, { name: 'À demander' }), question: 'contracts' };
        await press(alex, 'needs.ask', { ...question, colleague: keyOf(nadia) });
        await open(alex, 'needs.question', question);
      },
    ],
    [
      'two questions to suppliers',
      async (open) => {
        await archiveAll();
        const file = await aFile(teams, { chosen: '', name: 'À préciser' });
        for (const question of ['Où sont vos sauvegardes ?', 'Qui répond la nuit ?'])
          await press(alex, 'scenarios.clarify', { file, supplier: 'airelle', question });
        await open(alex, 'scenarios.clarifications', { file });
      },
    ],
    [
      'a criterion whose form is open',
      async (open) => {
        await archiveAll();
        const file = await aFile(teams, { chosen: '', name: 'À peser' });
        await press(alex, 'scenarios.weigh', { file, name: 'Formation', weight: '3', note: '' });
        const [criterion] = (await services.dossier.supportOf(file, alex)).criteria;
        await open(alex, 'scenarios.criteria', { file, criterion: criterion?.id });
      },
    ],
    [
      'a trial that has not begun',
      async (open) => {
        await archiveAll();
        // An offer that no other scene tries: what a body tries of one is limited.
        await services.catalogue.publication.publish([priced('myrtille', '90.00')], 'command');
        const file = await aFile(teams, { chosen: '', name: 'À essayer' });
        const start = brokerDate(teams.clock.now()).add({ weeks: 2 }).toString();
        const trial = { offer: 'myrtille-courriel', units: 1, days: 1, start, withoutPersonalData: 'true' };
        await press(alex, 'scenarios.planTrial', { file, ...trial });
        await open(alex, 'scenarios.trials', { file });
      },
    ],
    [
      'a choice to authorize',
      async () => {
        await archiveAll();
        const file = await aFile(teams, { chosen: 'bleuet', name: 'À autoriser' });
        const answers = Object.fromEntries(QUESTIONS.map(({ id }) => [id, {}]));
        await teams.db.transaction((tx) =>
          services.files.writeFact(tx, file, needsFact, { answers, review: [] }),
        );
        await press(alex, 'scenarios.confirmShortlist', { file });
        await says(alex, 'mon dossier', 'comparer');
      },
    ],
    [
      'a choice to confirm',
      async (open) => {
        await archiveAll();
        const file = await aFile(teams, { name: 'À confirmer' });
        await wanting(teams, file, 900);
        await says(alex, 'mon dossier');
        await open(alex, 'scenarios.choice', { file });
      },
    ],
    [
      'a file whose state is shown to a team',
      async () => {
        await archiveAll();
        await aFile(teams, { name: 'À montrer' });
        for (const command of ['mon dossier', 'comparer', 'rencontre'])
          await teams.says(alex, command, channel);
      },
    ],
    [
      'meetings asked for, with moments, and booked',
      async () => {
        await each([1, 2], async (n) => requested(teams, await aFile(teams, { name: `Demandée ${n}` })));
        await each([1, 2], async (n) => proposed(teams, await aFile(teams, { name: `Proposée ${n}` })));
        await each([1, 2], async (n) => booked(teams, await aFile(teams, { name: `Fixée ${n}` })));
        await says(diane, 'rencontres');
        await says(alex, 'rencontre');
      },
    ],
    [
      'meetings whose hour has passed',
      async () => {
        await each([1, 2, 3, 4], async (n) => booked(teams, await aFile(teams, { name: `Passée ${n}` })));
        const { kickoff } = await booked(teams, await aFile(teams, { name: 'Pas tenue' }));
        later(4);
        const said = { kickoff: kickoff.id, slot: kickoff.slotId, yes: false };
        await press(diane, 'kickoff.staffTookPlace', said);
        await says(alex, 'rencontre');
        await says(diane, 'rencontres');
      },
    ],
    [
      'a contract to prepare',
      async () => {
        const { kickoff } = await held('À préparer');
        for (const step of [4, 5]) await press(alex, 'kickoff.confirm', { kickoff, step });
        await says(diane, 'rencontres');
      },
    ],
    [
      'a contract to sign',
      async () => {
        const { kickoff, token } = await held('À signer');
        const by = {
          client: (step: number) => press(alex, 'kickoff.confirm', { kickoff, step }),
          broker: (step: number) => press(diane, 'kickoff.confirmBroker', { kickoff, step }),
          supplier: (step: number) => visit(teams, token, { what: 'confirm', step: String(step) }),
        };
        await by.client(4);
        await by.client(5);
        await by.broker(6);
        await by.supplier(6);
        await by.broker(7);
        await by.client(8);
        await by.broker(8);
        await by.client(9);
        await by.supplier(10);
        await says(alex, 'rencontre');
      },
    ],
  ];
}
