import { aContract } from '../../contracts.ts';
import { evaluating, ofBodies } from '../../evaluations.ts';
import { alex, channel, diane, nadia } from '../../people.ts';
import { hands, type Scene, type Teams } from '../hands.ts';

/** A contract, and what is thought of its supplier. */
export function following(teams: Teams): readonly Scene[] {
  const { each, press, says } = hands(teams);
  const { campaign, day, submit, tick } = evaluating(teams);
  const { services } = teams;
  return [
    [
      'contracts',
      async (open) => {
        await each([1, 2, 3, 4, 5, 6, 7], async (n) => {
          const contract = await aContract(teams, { title: `Contrat ${n}` });
          await services.contracts.consent(alex, contract, '418 555-0142');
        });
        const contract = await aContract(teams, { title: 'Contrat modifié' });
        await says(alex, 'contrats', 'références', 'commenter');
        await each(['terms', 'quantities'], (kind) =>
          press(alex, 'contracts.amend', { contract, kind, text: 'Un peu plus.' }),
        );
        await each(['documents', 'supplierComplaint'], (kind) =>
          press(alex, 'contracts.comment', { kind, supplier: 'airelle', text: 'Le soutien tarde.' }),
        );
        await says(diane, 'commentaires');
        await open(alex, 'contracts.amendments', { contract });
        await open(alex, 'contracts.termination', { contract });
      },
    ],
    [
      'evaluations',
      async (open) => {
        await campaign();
        await tick();
        await says(alex, 'évaluations', 'noter un événement');
        await teams.says(alex, 'évaluations', channel);
        await says(diane, 'campagnes');
        const { rows } = await services.evaluations.evaluationsPage(nadia, 1, 1);
        await open(nadia, 'evaluations.open', { evaluation: rows[0]?.evaluation.id });
      },
    ],
    [
      'results',
      async () => {
        // Of three bodies: results of fewer are shown to nobody.
        const people = await ofBodies(teams, 3);
        await each(people.slice(1), (person) => aContract(teams, { title: 'Contrat d’ailleurs' }, person));
        await campaign();
        await tick();
        await each(people, async (person) => {
          const { rows } = await services.evaluations.evaluationsPage(person, 1, 50);
          const open = rows.find(({ evaluation }) => evaluation.state === 'open');
          await submit(open?.evaluation.id ?? '', '4', {}, person);
        });
        await says(diane, 'résultats');
      },
    ],
    [
      'the evaluation of a contract that ends',
      async (open) => {
        await aContract(teams, { title: 'Contrat qui finit', endsOn: day(20) });
        await tick();
        const { rows } = await services.evaluations.evaluationsPage(alex, 1, 50);
        const { id: evaluation = '' } = rows.find((row) => row.evaluation.final)?.evaluation ?? {};
        await submit(evaluation, '4');
        await open(alex, 'evaluations.open', { evaluation });
      },
    ],
  ];
}
