import { newId } from '../../../../src/core/id.ts';
import { brokerDate } from '../../../../src/core/time/business-days.ts';
import { aDocument, aFile as aFicheFile, anOffer, aSupplier } from '../../fiches.ts';
import { aFile } from '../../kickoff.ts';
import { admin, alex, diane, silentTurn } from '../../people.ts';
import { hands, NOTICE, newcomer, type Scene, type Teams } from '../hands.ts';

/** What the broker publishes, answers and tells. */
export function telling(teams: Teams): readonly Scene[] {
  const { approve, awaiting, each, handedOver, later, press, says, days } = hands(teams);
  const { services } = teams;
  return [
    [
      'fiches to publish',
      async () => {
        const { days } = services.catalogue;
        const first = days.nextPriceDate(brokerDate(teams.clock.now()));
        const file = (date: Temporal.PlainDate) => {
          const offers = [anOffer({ name: `Courriel du ${date}` })];
          const { name, bytes } = aFicheFile(aDocument({ version: date.toString(), offers }));
          return { [name]: bytes };
        };
        await teams.drops(diane, file(first));
        await teams.drops(diane, { ...file(first), ...file(days.nextPriceDate(first)) });
        await says(alex, 'catalogue', 'abonnements');
        await says(diane, 'fiches');
      },
    ],
    [
      'questions that nobody could answer',
      async () => {
        await says(alex, 'Notre tante Zélie a-t-elle une grange ?');
        await each(['chèvre', 'brouette', 'carriole'], (what) => handedOver(`Qui prête une ${what} ?`));
        await says(alex, 'durée maximale d’un contrat', 'sommaire');
        await says(alex, 'Peut-on faire un essai gratuit avant d’acheter ?', 'pour combien d’utilisateurs ?');
        await says(diane, 'questions', 'tableau de bord');
      },
    ],
    [
      'answers that were published, and a question that somebody took',
      async () => {
        await handedOver('Qui prête une charrette ?');
        const { rows } = await services.knowledge.escalations.escalationsPage('live', 1);
        for (const { id, revision } of rows) await services.knowledge.escalations.take(diane, id, revision);
        await says(diane, 'réponses publiées', 'questions');
      },
    ],
    [
      'what a member of the team looks after',
      async (open) => {
        const { escalations } = services.knowledge;
        await handedOver('Qui prête un tombereau ?');
        const { rows } = await escalations.escalationsPage('live', 1);
        const [question] = rows.filter(({ takenById }) => takenById === null);
        if (!question) throw new Error('nothing was handed over');
        await escalations.take(diane, question.id, question.revision);
        await open(diane, 'office.item', { wait: `question/${question.id}` });
      },
    ],
    [
      'several that wait, to be ticked: somebody’s and nobody’s',
      async (open) => {
        const sent: string[] = [];
        for (let n = 0; n < 4; n++) {
          const id = newId();
          teams.clock.advance({ seconds: 1 });
          const text = `Le cheval nº ${n} boite.`;
          await services.comments.send(alex, { kind: 'supplierComplaint', supplier: 'airelle', text }, id);
          sent.push(id);
        }
        const taken = sent.slice(0, 2).map((id) => ({ kind: 'comment', id }));
        await services.office.act(diane, { what: 'take' }, taken);
        for (const whose of ['nobody', 'mine'])
          await open(diane, 'office.many', { seen: `${whose}..comment.due`, page: 1 });
      },
    ],
    [
      'a published answer that was changed',
      async (open) => {
        const { liveEntries } = services.knowledge;
        const [id, title] = [`courtier-${newId()}`, 'Qui prête une calèche ?'];
        const text = { title, alternates: ['calèche à louer'], answer: 'Le cocher.', review: '2027-11-20' };
        await teams.db.transaction((tx) => liveEntries.writeEntry(tx, diane, id, null, text));
        await liveEntries.rewriteEntry(diane, id, 1, { ...text, answer: 'Le maréchal-ferrant.' });
        await open(diane, 'knowledge.entry', { entry: id });
      },
    ],
    [
      'a published answer that was withdrawn, and a card of it',
      async (open) => {
        const { liveEntries } = services.knowledge;
        const [id, title] = [`courtier-${newId()}`, 'Qui prête une diligence à six chevaux ?'];
        const text = {
          title,
          alternates: ['diligence à six chevaux'],
          answer: 'Le relais.',
          review: '2027-11-20',
        };
        await teams.db.transaction((tx) => liveEntries.writeEntry(tx, diane, id, null, text));
        await liveEntries.refresh();
        await open(alex, 'knowledge.topics', { group: 0, page: 1 });
        await says(alex, title);
        await liveEntries.retireEntry(diane, id);
        await open(diane, 'knowledge.entry', { entry: id });
      },
    ],
    [
      'questions to improve, and a question to try',
      async () => {
        await each(
          [
            'Un traîneau pour Zélie ?',
            'Zélie et son traîneau',
            'Un toboggan, peut-être ?',
            'La luge de Léo ?',
          ],
          (text) => says(alex, text),
        );
        await says(diane, 'à améliorer', 'essayer la luge de Léo', 'banc de questions');
      },
    ],
    [
      'questions for which an answer is written',
      async (open) => {
        await says(alex, 'Une patinette pour Gaston ?');
        const groups = await teams.mustPress(diane, 'knowledge.groups', { page: 1 });
        await open(diane, 'knowledge.draftEntry', groups.button('Ouvrir').data);
      },
    ],
    [
      'questions of which something was made',
      async (open) => {
        const { improvements } = services.knowledge;
        await says(alex, 'Un pédalo pour Marguerite ?');
        const questions = await improvements.unmetQuestions();
        await improvements.make(diane, newId(), { act: 'offTopic', text: 'pédalo' }, { questions });
        await open(diane, 'knowledge.handledGroups', { page: 1 });
      },
    ],
    [
      'notices',
      async () => {
        await services.catalogue.subscriptions.subscribe(silentTurn(alex), { kind: 'all', id: 'all' });
        await services.catalogue.subscriptions.subscribe(silentTurn(newcomer(9)), { kind: 'all', id: 'all' });
        await each(['Un', 'Deux', 'Trois'], (title) => awaiting(title));
        await says(diane, 'diffuser', 'santé');
      },
    ],
    ['an office that begins', () => says(admin, 'mise en service')],
    [
      'lists of people, groups and templates of notices',
      async (open) => {
        const { broadcasts } = services;
        const draft = await broadcasts.save(diane, { ...NOTICE, title: 'Pour des listes' }, newId());
        const { id: broadcast } = draft.broadcast;
        await teams.drops(diane, {
          'destinataires.csv': [alex.objectId, 'zelie@ville.example'].join('\r\n'),
        });
        await broadcasts.keepTemplate(diane, draft.broadcast, 'Modèle', newId());
        await open(diane, 'broadcasts.templates', { page: 1 });
        await open(diane, 'broadcasts.aim', { broadcast });
        await open(diane, 'broadcasts.askTemplate', { broadcast });
        // Whichever is pressed first on the form of the audience leaves the others stale: each has a draft of its own.
        const other = await broadcasts.save(diane, { ...NOTICE, title: 'Pour un groupe' }, newId());
        await open(diane, 'broadcasts.aim', { broadcast: other.broadcast.id });
      },
    ],
    [
      'notices that did not arrive',
      async (open) => {
        // Whatever was pressed before: two can be told, the third lacks the assistant.
        await teams.install(newcomer(9));
        await each([alex, newcomer(9), newcomer(8)], (person) =>
          services.catalogue.subscriptions.subscribe(silentTurn(person), { kind: 'all', id: 'all' }),
        );
        const broadcast = await awaiting('Perdu');
        await teams.runJobs();
        teams.loses(newcomer(9), 'broadcasts/message');
        await approve(broadcast);
        // Whatever the hour of the walk, a decent one comes: this notice is the one that is lost.
        await days(3);
        await approve(await awaiting('Reçu'));
        // These forms were seen of other notices, which had nobody to be sent to again, or were not sent.
        for (const verb of ['open', 'edit', 'askResend'])
          await open(diane, `broadcasts.${verb}`, { broadcast });
      },
    ],
    [
      'notices that were stopped before they left',
      async (open) => {
        await each(['Arrêté', 'Suspendu'], async (title) => {
          const { broadcasts } = services;
          const broadcast = await awaiting(title);
          await teams.runJobs();
          const revision = async () => (await broadcasts.findBroadcast(broadcast)).revision;
          await broadcasts.approve(admin, broadcast, await revision());
          await broadcasts.cancel(admin, broadcast, await revision());
          await open(diane, 'broadcasts.open', { broadcast });
          const at = { broadcast, revision: await revision(), date: '', time: '' };
          await open(diane, 'broadcasts.schedule', at);
        });
      },
    ],
    [
      'corrections of what was sent, that wait for somebody',
      async (open) => {
        await each(['Corrigé', 'Renvoyé', 'Abandonné'], async (title) => {
          const broadcast = await awaiting(title);
          await teams.runJobs();
          await approve(broadcast);
          await services.broadcasts.correct(diane, {
            ...NOTICE,
            title: `${title}, mieux`,
            broadcast,
            revision: (await services.broadcasts.findBroadcast(broadcast)).revision,
          });
          await open(admin, 'broadcasts.correction', { broadcast });
        });
      },
    ],
    [
      'a supplier and a list that may be followed',
      async (open) => {
        await open(alex, 'catalogue.supplier', { supplier: 'airelle', page: 1 });
        await open(alex, 'catalogue.browse', {
          criteria: JSON.stringify({ category: 'courriel', status: 'qualified', sort: 'name' }),
          page: 1,
        });
      },
    ],
    [
      'fiches to come, which may be taken back',
      async (open) => {
        const { publication, days } = services.catalogue;
        const toCome = days.nextPriceDate(brokerDate(teams.clock.now()).add({ years: 1 })).toString();
        const fiches = [aSupplier('genevrier'), aSupplier('genevrier', { version: toCome })];
        await publication.publish(fiches, 'command');
        await open(diane, 'catalogue.versions', { supplier: 'genevrier', page: 1 });
      },
    ],
    [
      'errors of fiches in force, one to tell and others to approve',
      async () => {
        const { correcting, publication } = services.catalogue;
        const wrong = (id: string) => aSupplier(id);
        const right = (id: string) =>
          aSupplier(id, { offers: [anOffer({ id: `${id}-courriel`, availability: '99.5' })] });
        await publication.publish(['sureau', 'merisier', 'noisetier'].map(wrong), 'command');
        const { name, bytes } = aFicheFile(right('noisetier'));
        await teams.drops(diane, { [name]: bytes });
        for (const id of ['sureau', 'merisier']) {
          const row = await correcting.draft({ ...silentTurn(diane), effect: newId() }, right(id));
          await correcting.correct(diane, row.id, row.revision, 'Une virgule de trop.');
          await press(admin, 'office.open', { wait: `correction/${row.id}` });
        }
      },
    ],
    [
      'offers that the broker suspended',
      async (open) => {
        await services.catalogue.publication.publish([aSupplier('groseille')], 'command');
        const decision = { supplier: 'groseille', kind: 'suspended', reason: 'Pannes.' } as const;
        const turn = { ...silentTurn(diane), effect: newId() };
        await services.catalogue.measuring.decide(turn, { ...decision, offer: undefined, from: undefined });
        await open(diane, 'catalogue.measures', { supplier: 'groseille', page: 1 });
      },
    ],
    [
      'examples in the catalogue',
      async () => {
        await services.catalogue.publication.publish([aSupplier('cormier')], 'sample');
        await says(admin, 'fiches');
      },
    ],
    [
      'reminders',
      async () => {
        await says(alex, 'à faire');
        const file = await aFile(teams, { name: 'Rappels', chosen: '' });
        await press(alex, 'scenarios.clarify', { file, supplier: 'airelle', question: 'Combien ?' });
        later(2);
        // Whatever the hour of the walk, a decent one comes.
        await days(3);
      },
    ],
  ];
}
