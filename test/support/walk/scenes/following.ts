import { byCodeUnit } from '../../../../src/features/scenarios/pricing/rules/order.ts';
import { aContract } from '../../contracts.ts';
import { evaluating, ofBodies } from '../../evaluations.ts';
import { admin, alex, channel, diane, nadia, strangers } from '../../people.ts';
import { hands, type Scene, type Teams } from '../hands.ts';

/** A contract, and what is thought of its supplier. */
export function following(teams: Teams): readonly Scene[] {
  const { each, press, says } = hands(teams);
  const { answer, campaign, day, submit, tick } = evaluating(teams);
  const { services } = teams;
  /** A supplier and a year of which enough bodies answered. */
  const aSheet = async () => {
    const every = { campaign: '', supplier: '', year: '', state: 'all' as const };
    const { items } = await services.sheetList.sheetPage(every, 1, 20);
    const { supplier, year } = items.find(({ state }) => state !== 'short') ?? {};
    return { supplier, year };
  };

  /** Asks for its sheet to be released: what a second person makes of it. */
  async function asksForSheet(becomes: 'returned' | 'released') {
    await press(diane, 'evaluations.release', await aSheet());
    const [order] = await services.sheetOrders.awaitingSheets();
    const seen = { order: order?.id, revision: order?.revision };
    if (becomes === 'returned')
      await press(admin, 'evaluations.returnSheets', { ...seen, comment: 'Plus tard.' });
    else await press(admin, 'evaluations.approveSheets', seen);
    await teams.runJobs();
    return order?.id;
  }

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
        // Of two that are signed, one stays so.
        await each([contract, await aContract(teams, { title: 'Contrat modifié' })], async (of) => {
          await press(alex, 'contracts.amend', { contract: of, kind: 'quantities', text: 'Signé.' });
          const [amendment] = await services.contracts.amendments(of, alex);
          const its = { contract: of, amendment: amendment?.id };
          const validation = { validatedOn: '2026-11-21', validatedBy: 'Diane Roy' };
          await press(alex, 'contracts.validateAmendment', { ...its, ...validation });
          await press(alex, 'contracts.signAmendment', { ...its, signedOn: '2026-11-23' });
        });
        await each(['documents', 'supplierComplaint'], (kind) =>
          press(alex, 'contracts.comment', { kind, supplier: 'airelle', text: 'Le soutien tarde.' }),
        );
        await says(
          diane,
          'commentaires',
          'plaintes par fournisseur',
          'registre des contrats',
          'obligations en retard',
          'rapport du trimestre',
        );
        const [complaint] = (await services.comments.page(true, 1, 1)).rows;
        const closed = { comment: complaint?.id, revision: 1, closing: 'settled', lastAnswer: 'Réglé.' };
        await press(diane, 'contracts.closeComment', closed);
        await says(alex, 'mes messages');
        await open(diane, 'contracts.lookComment', { comment: complaint?.id });
        await open(alex, 'contracts.myComment', { comment: complaint?.id });
        await open(alex, 'contracts.amendments', { contract });
        await open(alex, 'contracts.correction', { contract });
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
        await open(nadia, 'evaluations.open', { evaluation: rows[0]?.evaluation.id, whole: true });
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
      'a sheet that is released',
      async (open) => {
        await asksForSheet('released');
        await open(diane, 'evaluations.results', await aSheet());
      },
    ],
    [
      'sheets that are released',
      async (open) => {
        // One is asked for again, the other given up.
        await each(['returned', 'returned', 'released'] as const, async (sort) => {
          await open(diane, 'evaluations.sheetOrder', { order: await asksForSheet(sort) });
        });
        await says(diane, 'fiches de résultats');
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
    [
      'the evaluation of a contract that was evaluated before',
      async (open) => {
        await aContract(teams, { title: 'Contrat déjà évalué', endsOn: day(20) });
        await campaign();
        await each((await services.evaluations.evaluationsPage(alex, 1, 50)).rows, async (row) => {
          if (row.title === 'Contrat déjà évalué' && !row.evaluation.final)
            await submit(row.evaluation.id, '4');
        });
        await tick();
        const { rows } = await services.evaluations.evaluationsPage(alex, 1, 50);
        const evaluation = rows.find((row) => row.evaluation.final && row.title === 'Contrat déjà évalué')
          ?.evaluation.id;
        await open(alex, 'evaluations.section', { evaluation, part: 1 });
      },
    ],
    [
      'an evaluation that is filled',
      async (open) => {
        await aContract(teams, { title: 'Contrat rempli' });
        await campaign();
        const { rows } = await services.evaluations.evaluationsPage(alex, 1, 50);
        const evaluation = rows.find(({ title }) => title === 'Contrat rempli')?.evaluation.id;
        await answer(evaluation ?? '', 1);
        await answer(evaluation ?? '', 2);
        await teams.press(alex, 'evaluations.designate', {}, channel);
        await teams.says(alex, 'évaluations', channel);
        await open(alex, 'evaluations.open', { evaluation });
      },
    ],
    [
      'an evaluation that is not required',
      async (open) => {
        await aContract(teams, { title: 'Petit contrat', endsOn: day(20) });
        await tick();
        const { rows } = await services.evaluations.evaluationsPage(alex, 1, 50);
        const evaluation = rows.find(({ title }) => title === 'Petit contrat')?.evaluation.id;
        await press(alex, 'evaluations.waive', { evaluation, why: 'Sous le seuil' });
        await open(alex, 'evaluations.open', { evaluation });
      },
    ],
    [
      'a contract that is set apart',
      async (open) => {
        // One is taken back alone, the other with many.
        const title = 'Contrat en litige';
        const bodies = [alex, ...strangers(1)];
        await each(bodies, (person) => aContract(teams, { title, endsOn: day(20) }, person));
        await tick();
        let campaign: string | null | undefined;
        await each(bodies, async (person) => {
          const { rows } = await services.evaluations.evaluationsPage(person, 1, 50);
          const asked = rows.find((row) => row.title === title)?.evaluation;
          await press(diane, 'evaluations.exclude', { apart: asked?.id, why: 'En litige' });
          campaign = asked?.campaignId;
        });
        await open(diane, 'evaluations.campaign', { campaign });
      },
    ],
    [
      'what is recalled',
      async (open) => {
        const contract = await aContract(teams, {
          title: 'Contrat d’avant',
          signedOn: '2025-01-15',
          startsOn: '2025-02-01',
          endsOn: '2027-12-31',
        });
        await open(alex, 'contracts.entry', { contract });
        teams.clock.advance({ days: 1 });
        await services.gathering.gather();
        await teams.runJobs();
        await says(alex, 'rappels');
        // What was stopped comes last in the agenda, whose last page that is.
        const rows = await services.telling.rowsOf(alex);
        const [told] = (await services.house.recalls.of(alex))
          .filter(({ thing, state }) => rows.has(thing) && state !== 'done' && state !== 'news')
          .sort((one, other) => byCodeUnit(`${one.of} ${one.what}`, `${other.of} ${other.what}`));
        const thing = told?.thing;
        await open(alex, 'reminders.stop', { thing, page: 10_000 });
      },
    ],
  ];
}
