import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { page } from '../../../src/app/doors.ts';
import { newId } from '../../../src/core/id.ts';
import { aContract, CONTRACT, TERMINATION } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { colleagues } from '../../support/organization.ts';
import { admin, alex, diane, foreigner, nadia, samuel, staffRoom } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';

const teams = fakeTeams();

beforeEach(() => people(teams));

describe('noting a contract', () => {
  test('shows at once what it asks, the nearest first', async () => {
    const { plain } = await teams.mustPress(alex, 'contracts.create', CONTRACT);
    for (const words of [
      'Le contrat est noté.',
      'airelle inc.',
      '9 600,00 $',
      'Transmettre au Courtier une copie du contrat signé',
      'Au plus tard le 27 novembre 2026',
      'Publier les renseignements du contrat au SEAO',
    ])
      expect(plain).toContain(words);
  });

  test.each([
    [{ supplier: 'inconnu' }, 'Choisissez un fournisseur du Catalogue'],
    [{ signedOn: '2026-11-24' }, 'La signature a déjà eu lieu'],
    [
      { endsOn: '2029-12-01' },
      'au plus trois ans, de sa signature à sa fin, renouvellements et avenants compris',
    ],
    [{ endsOn: '2029-11-20' }, 'au plus tard le 19 novembre 2029 (guide, section 4.4 et FAQ 9)'],
    [{ startsOn: '2026-11-19' }, 'rien ne commence avant elle'],
    [{ endsOn: '2026-11-30' }, 'La fin du contrat suit son début'],
    [{ amount: 'beaucoup' }, 'Écrivez le montant en dollars'],
    [{ amount: '-5' }, 'Écrivez le montant en dollars'],
    [{ title: '' }, 'Donnez un nom au contrat'],
    [{ rcti: undefined }, 'Dites si le RCTI s’applique'],
    [{ signedOn: '2026-02-30' }, 'Choisissez la date de la dernière signature'],
    [{ signedOn: '0000-11-20', startsOn: '0000-12-01', endsOn: '0002-11-30' }, 'Vérifiez l’année'],
  ])('with %j is refused with a sentence, and nothing is kept', async (changes, words) => {
    expect(await teams.refusedPress(alex, 'contracts.create', { ...CONTRACT, ...changes })).toContain(words);
    expect((await teams.services.contracts.page(alex, 1, 10)).total).toBe(0);
  });

  test('keeps nothing of a forged field', async () => {
    const forged = { organizationId: newId(), createdId: nadia.objectId };
    const id = await aContract(teams, forged, samuel);
    expect(await teams.services.contracts.find(id, samuel)).toMatchObject({
      organizationId: null,
      createdId: samuel.objectId,
    });
  });
});

describe('who sees a contract', () => {
  const verbs = (contract: string) =>
    [
      ['contracts.open', { contract }],
      ['contracts.duty', { contract, duty: 'copy' }],
      ['contracts.done', { contract, duty: 'copy', on: '2026-11-23' }],
      ['contracts.reopen', { contract, duty: 'copy' }],
      ['contracts.follow', { contract }],
      ['contracts.unfollow', { contract }],
      ['contracts.invoices', { contract }],
      ['contracts.addInvoice', { contract, paidOn: '2026-11-23', amount: '1' }],
      ['contracts.dropInvoice', { contract, invoice: contract }],
      ['contracts.amendments', { contract }],
      ['contracts.amend', { contract, kind: 'quantities', text: 'x' }],
      ['contracts.signAmendment', { contract, amendment: contract, signedOn: '2026-11-23' }],
      ['contracts.newAmendment', { contract }],
      ['contracts.askAmendment', { contract, amendment: contract, askedOn: '2026-11-23' }],
      [
        'contracts.validateAmendment',
        { contract, amendment: contract, validatedOn: '2026-11-23', validatedBy: 'x' },
      ],
      ['contracts.dropAmendment', { contract, amendment: contract }],
      [
        'contracts.correctAmendment',
        { contract, amendment: contract, signedOn: '2026-11-23', seen: '2026-11-22//' },
      ],
      ['contracts.unsignAmendment', { contract, amendment: contract, seen: '2026-11-22//' }],
      ['contracts.correction', { contract }],
      ['contracts.correct', { contract, revision: 1, ...CONTRACT }],
      ['contracts.termination', { contract }],
      ['contracts.terminate', { contract, ...TERMINATION }],
      ['contracts.correctTermination', { contract, revision: 1, ...TERMINATION }],
      ['contracts.undoTermination', { contract, revision: 1 }],
      ['contracts.retention', { contract }],
      ['contracts.feed', { contract }],
      ['contracts.renewFeed', { contract }],
      ['contracts.consent', { contract, contact: 'x' }],
    ] as const;

  test('a colleague of the same body sees and changes it', async () => {
    const contract = await aContract(teams);
    expect((await teams.mustPress(nadia, 'contracts.open', { contract })).plain).toContain(
      'Courriel du ministère',
    );
    await teams.mustPress(nadia, 'contracts.done', { contract, duty: 'copy', on: '2026-11-23' });
    expect((await teams.mustPress(alex, 'contracts.duty', { contract, duty: 'copy' })).plain).toContain(
      'par Nadia Benali',
    );
  });

  test('somebody else, and the same person of another tenant, find nothing behind any button', async () => {
    const contract = await aContract(teams);
    for (const person of [samuel, foreigner, diane, admin])
      for (const [verb, data] of verbs(contract))
        expect(await teams.refusedPress(person, verb, data)).toContain('introuvable');
    const { done, contract: row } = await teams.services.contracts.followed(contract, alex);
    expect([done.size, row.revision, row.feed]).toEqual([0, 1, 1]);
  });

  test('the list has theirs only', async () => {
    await aContract(teams);
    expect((await teams.asks(samuel, 'contrats')).plain).toContain('Aucun contrat encore.');
  });
});

describe('a duty', () => {
  test('the fields of the SEAO are those of the guide, ready to copy', async () => {
    const { plain } = await teams.mustPress(alex, 'contracts.duty', {
      contract: await aContract(teams),
      duty: 'publication',
    });
    for (const words of [
      'Approvisionnement (biens)',
      '43233500 Logiciel d’échange d’information',
      'G8 Matériel et logiciel informatique',
      'Article 48 – Contrat concernant l’acquisition de biens ou de services infonuagiques conclu dans le cadre de l’entente-cadre du CSPQ (Décret no 923-2015 du 28 octobre 2015)',
    ])
      expect(plain).toContain(words);
  });

  test('whose date is the broker’s is never late: its mark has passed, and the list counts it not', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: '2026-11-23' });
    teams.clock.advance({ days: 60 });
    for (const [duty, source] of [
      ['publication', 'À faire d’après : Guide, section 4.1 (édition du 1er juin 2018)'],
      ['fees:2026-10-01', 'une aide du Courtier, que le guide ne demande pas'],
    ]) {
      const { plain } = await teams.mustPress(alex, 'contracts.duty', { contract, duty });
      expect(plain).toContain('Repère passé :');
      expect(plain).toContain(source);
      expect(plain).not.toMatch(/[Ee]n retard|Source : Guide/);
    }
    expect((await teams.asks(alex, 'contrats')).plain).not.toContain('en retard');
  });

  test('whose date is the guide’s is late after it, with its section', async () => {
    const contract = await aContract(teams);
    teams.clock.advance({ days: 10 });
    const { plain } = await teams.mustPress(alex, 'contracts.duty', { contract, duty: 'copy' });
    expect(plain).toContain('En retard : attendu au plus tard le 27 novembre 2026');
    expect(plain).toContain('Source : Guide, section 4.12 (édition du 1er juin 2018)');
    expect((await teams.asks(alex, 'contrats')).plain).toContain('1 obligation en retard');
  });

  test('planning the exit explains the time when both contracts run', async () => {
    const { plain } = await teams.mustPress(alex, 'contracts.duty', {
      contract: await aContract(teams),
      duty: 'exit',
    });
    expect(plain).toContain('Repère : commencez 9 mois avant la fin');
    expect(plain).toContain('les deux contrats se chevauchent');
  });

  test('done, it leaves the list; done twice, the first stays; not done after all, it comes back', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: '2026-11-20' });
    const again = await teams.mustPress(nadia, 'contracts.done', {
      contract,
      duty: 'copy',
      on: '2026-11-23',
    });
    expect(again.plain).toContain('Fait le 20 novembre 2026 par Alex Gagnon.');
    expect((await teams.mustPress(alex, 'contracts.open', { contract })).plain).toContain('Fait (1)');
    await teams.mustPress(alex, 'contracts.reopen', { contract, duty: 'copy' });
    expect((await teams.mustPress(alex, 'contracts.open', { contract })).plain).not.toContain('Fait (1)');
  });

  test.each(['2026-11-24', '2026-11-19'])(
    'cannot have been done on %s: after today, or before the signature',
    async (on) => {
      const contract = await aContract(teams);
      expect(await teams.refusedPress(alex, 'contracts.done', { contract, duty: 'copy', on })).toContain(
        'entre la signature du contrat et aujourd’hui',
      );
    },
  );

  test('that does not exist is not found', async () => {
    const contract = await aContract(teams, { rcti: 'false' });
    expect(
      await teams.refusedPress(alex, 'contracts.done', { contract, duty: 'final', on: '2026-11-23' }),
    ).toContain('introuvable');
    expect(await teams.refusedPress(alex, 'contracts.duty', { contract, duty: '__proto__' })).toContain(
      'introuvable',
    );
  });

  test('to evaluate leads to the evaluations, and is not said beside them in what there is to do', async () => {
    const contract = await aContract(teams, {
      signedOn: '2025-11-25',
      startsOn: '2025-12-01',
      endsOn: '2028-11-20',
    });
    const card = await teams.mustPress(alex, 'contracts.duty', { contract, duty: 'yearly:2026' });
    expect((await teams.mustClick(alex, card, 'Mes évaluations')).template).toBe('evaluations/list');
    const waits = await teams.services.house.agenda(alex);
    expect(waits.filter(({ what }) => what.startsWith('Évaluer le rendement'))).toEqual([]);
  });

  test('the final evaluation, once signed, makes its copy due', async () => {
    const contract = await aContract(teams);
    teams.clock.advance({ years: 2 });
    await teams.mustPress(alex, 'contracts.done', { contract, duty: 'final', on: '2028-11-20' });
    const { duties } = await teams.services.contracts.followed(contract, alex);
    expect(duties.find(({ id }) => id === 'finalCopy')?.due.on.toString()).toBe('2028-11-27');
    await teams.mustPress(alex, 'contracts.reopen', { contract, duty: 'final' });
    expect(
      (await teams.services.contracts.followed(contract, alex)).duties.some(({ id }) => id === 'finalCopy'),
    ).toBe(false);
  });

  test('two people who press at once leave one effect', async () => {
    const contract = await aContract(teams);
    await Promise.all(
      [alex, nadia, alex, nadia].map((person) =>
        teams.press(person, 'contracts.done', { contract, duty: 'copy', on: '2026-11-23' }),
      ),
    );
    expect((await teams.services.contracts.followed(contract, alex)).done.size).toBe(1);
  });
});

describe('invoices', () => {
  test('are added up by period, with the fees; taken out, they do not count', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.addInvoice', {
      contract,
      paidOn: '2026-11-21',
      amount: '1 000,00',
      note: 'Novembre',
    });
    const two = await teams.mustPress(alex, 'contracts.addInvoice', {
      contract,
      paidOn: '2026-11-23',
      amount: '250,50',
      note: '',
    });
    expect(two.plain).toContain(
      '1er octobre au 31 décembre 2026 1 250,50 $ payés, frais de gestion de 25,01 $',
    );
    const [first] = await teams.services.contracts.invoices(contract, alex);
    const one = await teams.mustPress(alex, 'contracts.dropInvoice', { contract, invoice: first?.id });
    expect(one.plain).toContain('1 000,00 $ payés, frais de gestion de 20,00 $');
  });

  test.each(['2026-11-24', '2026-11-01'])('paid on %s are refused', async (paidOn) => {
    const contract = await aContract(teams);
    expect(
      await teams.refusedPress(alex, 'contracts.addInvoice', { contract, paidOn, amount: '1' }),
    ).toContain('Le paiement est entre');
  });

  test('of another contract are not taken out', async () => {
    const [one, other] = [await aContract(teams), await aContract(teams, { title: 'Autre' })];
    await teams.mustPress(alex, 'contracts.addInvoice', {
      contract: other,
      paidOn: '2026-11-21',
      amount: '5',
      note: '',
    });
    const [invoice] = await teams.services.contracts.invoices(other, alex);
    await teams.mustPress(alex, 'contracts.dropInvoice', { contract: one, invoice: invoice?.id });
    expect(await teams.services.contracts.invoices(other, alex)).toHaveLength(1);
  });
});

describe('an amendment', () => {
  const anAmendment = async (wanted: object): Promise<[contract: string, amendment: string]> => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.amend', { contract, ...wanted });
    const [amendment] = await teams.services.contracts.amendments(contract, alex);
    return [contract, amendment?.id ?? ''];
  };
  const validates = (contract: string, amendment: string | undefined, validatedOn = '2026-11-20') =>
    teams.mustPress(alex, 'contracts.validateAmendment', {
      contract,
      amendment,
      validatedOn,
      validatedBy: 'Diane Roy',
    });

  test.each([
    [{ kind: 'terms' }, 'seul le Courtier peut modifier les conditions contractuelles'],
    [{ kind: 'scope' }, 'composantes et les activités des offres du Catalogue'],
    [{ kind: 'end', newEnd: '2029-11-20' }, 'au plus tard le 19 novembre 2029 (guide, section 4.4 et FAQ 9)'],
    [{ kind: 'amount' }, 'Écrivez le nouveau montant'],
  ])('%j is not possible: the card says why, and nothing is kept', async (wanted, words) => {
    const contract = await aContract(teams);
    const { plain } = await teams.sentBack(alex, 'contracts.amend', { contract, text: 'x', ...wanted });
    expect(plain).toContain(words);
    expect(await teams.services.contracts.amendments(contract, alex)).toEqual([]);
  });

  test('beyond five they are paged, the newest first', async () => {
    const contract = await aContract(teams);
    for (const n of [1, 2, 3, 4, 5, 6])
      await teams.mustPress(alex, 'contracts.amend', { contract, kind: 'quantities', text: `Le ${n}` });
    const first = await teams.mustPress(alex, 'contracts.amendments', { contract });
    expect(first.plain).toContain('Page 1 de 2 · 6 avenants');
    expect(first.plain).not.toContain('Nº 1 ·');
    const { plain } = await teams.mustPress(alex, 'contracts.amendments', { contract, page: 2 });
    expect(plain).toContain('Nº 1 ·');
    expect(plain).not.toContain('Nº 2 ·');
  });

  test('that is refused comes back as it was typed', async () => {
    const contract = await aContract(teams);
    const typed = {
      kind: 'end',
      text: 'Deux ans de plus',
      newEnd: '2030-11-30',
      newAmount: '12\u00a0000,00\u00a0$',
    };
    const card = await teams.sentBack(alex, 'contracts.amend', { contract, ...typed });
    const shown = Object.fromEntries(card.inputs.map(({ id, value }) => [id, value]));
    expect(shown).toMatchObject(typed);
  });

  test('is checked before it is asked for: its conditions are said, not that it is possible', async () => {
    const contract = await aContract(teams);
    const { plain } = await teams.mustPress(alex, 'contracts.amend', {
      contract,
      kind: 'quantities',
      text: '20 de plus',
    });
    for (const words of [
      'La durée totale reste d’au plus trois ans, soit jusqu’au 19 novembre 2029',
      'seul le Courtier peut les modifier',
      'une composante ou une activité d’une offre du Catalogue',
      'permettent ce changement de quantités (section 3.4.1)',
      'le valide avant que personne ne le signe (section 4.12, note 2)',
    ])
      expect(plain).toContain(words);
    expect(plain).not.toContain('C’est possible');
  });

  test('is asked for, validated by somebody at the broker, then signed: the card says by whom and when', async () => {
    const [contract, amendment] = await anAmendment({ kind: 'quantities', text: '20 de plus' });
    const asked = { contract, amendment, askedOn: '2026-11-20' };
    expect((await teams.mustPress(alex, 'contracts.askAmendment', asked)).plain).toContain(
      'Validation demandée le 20 novembre 2026 par Alex Gagnon · À valider par le Courtier, avant la signature',
    );
    const validated = await validates(contract, amendment, '2026-11-21');
    expect(validated.plain).toContain(
      'Validé par le Courtier le 21 novembre 2026 (Diane Roy) · Prêt à signer',
    );
    expect(validated.button('Noter la signature').verb).toBe('contracts.signAmendment');
  });

  test('is not signed before its validation, nor without one', async () => {
    const [contract, amendment] = await anAmendment({ kind: 'quantities', text: '20 de plus' });
    const sign = { contract, amendment, signedOn: '2026-11-21' };
    expect(await teams.refusedPress(alex, 'contracts.signAmendment', sign)).toContain(
      'validé par le Courtier avant d’être signé (guide, section 4.12, note 2). Notez d’abord sa validation',
    );
    await validates(contract, amendment, '2026-11-22');
    expect(await teams.refusedPress(alex, 'contracts.signAmendment', sign)).toContain(
      'Celui-ci l’a été le 22 novembre 2026 : la signature est de ce jour-là ou plus tard',
    );
    expect(await teams.services.contracts.amendments(contract, alex)).toMatchObject([{ signedOn: null }]);
  });

  test.each([
    [{ askedOn: '2026-11-24' }, 'contracts.askAmendment', 'La date est entre la signature'],
    [
      { validatedOn: '2026-11-19', validatedBy: 'Diane Roy' },
      'contracts.validateAmendment',
      'La date est entre la signature',
    ],
    [
      { validatedOn: '2026-11-21', validatedBy: 'Diane Roy' },
      'contracts.validateAmendment',
      'La validation suit la demande',
    ],
    [{ validatedOn: '2026-11-23', validatedBy: ' ' }, 'contracts.validateAmendment', 'Dites qui'],
  ])('%j is refused', async (data, verb, words) => {
    const [contract, amendment] = await anAmendment({ kind: 'quantities', text: '20 de plus' });
    await teams.mustPress(alex, 'contracts.askAmendment', { contract, amendment, askedOn: '2026-11-22' });
    expect(await teams.refusedPress(alex, verb, { contract, amendment, ...data })).toContain(words);
  });

  test('that is possible changes nothing until it is signed; then the end moves, and its copy is due', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.amend', {
      contract,
      kind: 'end',
      text: 'Un an de plus',
      newEnd: '2029-10-31',
    });
    expect((await teams.mustPress(alex, 'contracts.open', { contract })).plain).toContain('30 novembre 2028');
    const [amendment] = await teams.services.contracts.amendments(contract, alex);
    await validates(contract, amendment?.id);
    await teams.mustPress(alex, 'contracts.signAmendment', {
      contract,
      amendment: amendment?.id,
      signedOn: '2026-11-23',
    });
    const { contract: row, duties } = await teams.services.contracts.followed(contract, alex);
    expect([row.endsOn, row.termEndsOn]).toEqual(['2029-10-31', '2029-10-31']);
    expect(duties.find(({ kind }) => kind === 'amendment')?.due.on.toString()).toBe('2026-11-30');
  });

  test('signed twice counts once, and a signed one is not taken back', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.amend', {
      contract,
      kind: 'amount',
      text: 'Plus',
      newAmount: '12 000',
    });
    const [amendment] = await teams.services.contracts.amendments(contract, alex);
    const data = { contract, amendment: amendment?.id };
    await validates(contract, amendment?.id);
    await teams.mustPress(alex, 'contracts.signAmendment', { ...data, signedOn: '2026-11-22' });
    await teams.mustPress(alex, 'contracts.signAmendment', { ...data, signedOn: '2026-11-22' });
    const other = await teams.sentBack(alex, 'contracts.signAmendment', { ...data, signedOn: '2026-11-23' });
    expect(other.plain).toContain('rien n’est enregistré');
    await teams.mustPress(alex, 'contracts.dropAmendment', data);
    expect(await teams.services.contracts.amendments(contract, alex)).toMatchObject([
      { signedOn: '2026-11-22' },
    ]);
    expect((await teams.services.contracts.find(contract, alex)).amountCents).toBe(1_200_000);
  });

  test('not yet signed can be withdrawn', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.amend', { contract, kind: 'quantities', text: '20 de plus' });
    const [amendment] = await teams.services.contracts.amendments(contract, alex);
    const { plain } = await teams.mustPress(alex, 'contracts.dropAmendment', {
      contract,
      amendment: amendment?.id,
    });
    expect(plain).toContain('L’avenant est retiré.');
    expect(plain).not.toContain('20 de plus');
  });

  test('is withdrawn once it was said what goes with it, and not where a colleague noted more since', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.amend', { contract, kind: 'quantities', text: '20 de plus' });
    const [amendment] = await teams.services.contracts.amendments(contract, alex);
    const list = () => teams.mustPress(nadia, 'contracts.amendments', { contract });
    const old = await list();
    expect(JSON.stringify(old.json)).toContain('Son texte s’efface.');
    await validates(contract, amendment?.id);
    const late = await teams.mustClick(nadia, old, 'Confirmer le retrait');
    expect(late.plain).toContain('rien n’est retiré');
    // As a card of the release before sends it.
    const asBefore = { contract, amendment: amendment?.id };
    expect((await teams.mustPress(nadia, 'contracts.dropAmendment', asBefore)).plain).toContain('rien n’est');
    const now = await list();
    expect(JSON.stringify(now.json)).toContain('sa validation par le Courtier');
    expect((await teams.mustClick(nadia, now, 'Confirmer le retrait')).plain).toContain('est retiré');
    expect(await teams.services.contracts.amendments(contract, alex)).toEqual([]);
  });
});

describe('the calendar link', () => {
  const linkOf = async (contract: string, verb = 'contracts.feed') => {
    await teams.mustPress(alex, 'contracts.open', { contract });
    await teams.press(alex, verb, { contract });
    return teams
      .lastCard()
      .token()
      .replace(/\.ics$/, '');
  };
  const read = (token: string) => page(`${token}.ics`, undefined, teams.services);

  test('has each duty on its day, and says what is done', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: '2026-11-23' });
    const { status, mediaType, body } = await read(await linkOf(contract));
    expect([status, mediaType]).toEqual([200, 'text/calendar']);
    expect(body).toContain('DTSTART;VALUE=DATE:20261127');
    expect(body).toContain('SUMMARY:✓ Transmettre au Courtier');
    const { duties } = await teams.services.contracts.followed(contract, alex);
    expect(String(body).match(/BEGIN:VEVENT/g)).toHaveLength(duties.length);
  });

  test('gives the values of the SEAO, and says which dates are the broker’s', async () => {
    const { body } = await read(await linkOf(await aContract(teams)));
    const text = String(body).replace(/\r\n /g, '').replaceAll('\\', '').replaceAll('\u00a0', ' ');
    expect(text).toContain('SUMMARY:Transmettre au Courtier une copie du contrat signé');
    expect(text).toContain('Source : Guide, section 4.12 (édition du 1er juin 2018)');
    expect(text).toContain('SUMMARY:Repère : Publier les renseignements du contrat au SEAO');
    expect(text).toContain('Copiez ces valeurs :nRèglement (nature du contrat) : Approvisionnement (biens)n');
    expect(text).toContain('SUMMARY:Repère : Commencer à préparer la sortie');
    expect(text.match(/Source : Guide/g)).toHaveLength(1);
  });

  test('tampered, replaced, or after its time, opens nothing', async () => {
    const contract = await aContract(teams);
    const token = await linkOf(contract);
    expect((await read(`${token.slice(0, -2)}xx`)).status).toBe(404);
    const next = await linkOf(contract, 'contracts.renewFeed');
    expect((await read(token)).status).toBe(404);
    expect((await read(next)).status).toBe(200);
    teams.clock.advance({ years: 2, days: 200 });
    expect((await read(next)).status).toBe(404);
  });
});

describe('references', () => {
  test('are seen only with consent, and no more once it is taken back', async () => {
    const contract = await aContract(teams);
    await colleagues(teams, [samuel], 'Ville de Rimouski');
    const seen = async () => (await teams.asks(samuel, 'références')).plain;
    expect(await seen()).toContain('Personne n’a encore accepté');
    await teams.mustPress(alex, 'contracts.consent', { contract, contact: 'alex@energie.example' });
    expect(await seen()).toContain('alex@energie.example');
    await teams.mustPress(alex, 'contracts.revoke', { contract });
    expect(await seen()).not.toContain('alex@energie.example');
  });

  test('nobody consents or takes back for another', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.consent', { contract, contact: 'alex@energie.example' });
    await teams.press(nadia, 'contracts.revoke', { contract });
    await teams.press(samuel, 'contracts.revoke', { contract });
    expect((await teams.services.contracts.references(1, 10)).total).toBe(1);
  });
});

describe('comments to the broker', () => {
  const send = (changes: object = {}) =>
    teams.mustPress(alex, 'contracts.comment', {
      kind: 'supplierComplaint',
      supplier: 'airelle',
      text: 'Trois jours sans service.',
      ...changes,
    });
  const latest = async () => {
    const { rows } = await teams.services.comments.page(false, 1, 1);
    const [row] = rows;
    if (!row) throw new Error('no comment');
    return row;
  };

  test.each(['documents', 'catalogue', 'terms', 'security', 'offers', 'supplierComplaint', 'offerComplaint'])(
    'of the kind « %s » reach the staff’s channel',
    async (kind) => {
      expect((await send({ kind })).plain).toMatch(/votre message nº \d+ est transmis au Courtier/);
      await teams.runJobs();
      expect(teams.newest(staffRoom).plain).toContain('Trois jours sans service.');
    },
  );

  test('are answered once, and the person is told', async () => {
    await send();
    const { id } = await latest();
    const answer = (text: string) =>
      teams.mustPress(diane, 'contracts.answerComment', { comment: id, revision: 1, answer: text });
    await answer('Nous regardons.');
    expect((await answer('Autre chose.')).plain).toContain('Quelqu’un vient d’agir.');
    await teams.runJobs();
    expect(teams.newest(alex).plain).toContain('Nous regardons.');
    expect((await latest()).answer).toBe('Nous regardons.');
  });

  test.each([
    [{ kind: 'autre' }, 'Choisissez de quoi il s’agit'],
    [{ text: '  ' }, 'Écrivez votre commentaire'],
    [{ text: 'x'.repeat(2_001) }, 'Écrivez votre commentaire'],
  ])('%j are refused with a sentence', async (changes, words) => {
    const word = await teams.refusedPress(alex, 'contracts.comment', {
      kind: 'offers',
      supplier: '',
      text: 'x',
      ...changes,
    });
    expect(word).toContain(words);
  });

  test('a client can neither list, look nor answer', async () => {
    await send();
    const { id } = await latest();
    expect(
      await teams.reaches(alex, [
        ['contracts.comments', { page: 1, open: true }],
        ['contracts.lookComment', { comment: id }],
        ['contracts.answerComment', { comment: id, revision: 1, answer: 'x' }],
      ]),
    ).toEqual([]);
  });
});

test('what a person wrote is theirs to export and to erase', async () => {
  const contract = await aContract(teams);
  await teams.mustPress(alex, 'contracts.consent', { contract, contact: 'alex@energie.example' });
  await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: '2026-11-23' });
  await teams.mustPress(alex, 'contracts.comment', { kind: 'offers', supplier: '', text: 'Une idée.' });
  expect(JSON.stringify(await teams.services.contracts.heldOf(alex))).toContain('alex@energie.example');
  expect(JSON.stringify(await teams.services.comments.heldOf(alex))).toContain('Une idée.');
  await teams.services.privacy.erase(alex, newId());
  expect((await teams.services.contracts.references(1, 10)).total).toBe(0);
  const { done } = await teams.services.contracts.followed(contract, nadia);
  expect(done.get('copy')?.by).toBe('Une personne partie');
  expect((await teams.services.comments.page(false, 1, 1)).rows[0]?.name).toBe('Une personne partie');
});

test('a contract is forgotten seven years after its end, and the margin for a slip, not before', async () => {
  await aContract(teams);
  teams.clock.advance({ years: 9, days: 30 });
  await teams.services.forgetting.forget();
  expect(await countOf(teams, sql`contracts`)).toBe(1);
  teams.clock.advance({ days: 10 });
  await teams.services.forgetting.forget();
  expect(await countOf(teams, sql`contracts`)).toBe(0);
});
