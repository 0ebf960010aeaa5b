import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { z } from 'zod';
import { download, page } from '../../src/app/doors.ts';
import { newId } from '../../src/core/id.ts';
import type { Person } from '../../src/core/turn.ts';

import { New } from '../../src/features/contracts/screens/schema.ts';
import { features } from '../../src/features/registry.ts';
import { readyToSign, signing } from '../support/article-48.ts';
import { aContract, CONTRACT, TERMINATION } from '../support/contracts.ts';
import { evaluating, OVERALL, scores } from '../support/evaluations.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { aFile, booked, DETAILS, kickoffOf, people, proposed, requested } from '../support/kickoff.ts';
import { colleagues, MINISTRY } from '../support/organization.ts';
import { admin, alex, keyOf, nadia, samuel } from '../support/people.ts';

// Somebody leaves a public body: from that moment they see and do nothing of what is its own, at any process, by any
// button, link or notice. Their colleagues go on, and are told. What was nobody's but theirs stays theirs.

const teams = fakeTeams({ processes: 2 });
const { campaign, evaluation, tick, day } = evaluating(teams);
const CITY = 'Ville de Rimouski';

beforeEach(() => people(teams));

/** Asks for another body, having seen what it ends. */
async function leaves(person: Person, name = CITY): Promise<void> {
  const asked = await teams.mustPress(person, 'people.declare', { other: name });
  if (asked.template === 'people/leaving') await teams.mustClick(person, asked, 'Quitter et demander');
}
async function confirmed(person: Person): Promise<void> {
  const { organizations } = teams.services;
  const { id = '' } = (await organizations.findMembership(person)) ?? {};
  await organizations.decideMembership(admin, id, 1, 'confirm');
}
const comesBack = async (person: Person) => {
  await leaves(person, MINISTRY);
  await confirmed(person);
};
const sharedFile = async () => {
  const file = await aFile(teams);
  await teams.mustPress(alex, 'acquisitions.share', { file, colleague: keyOf(nadia) });
  return file;
};

/** What names a thing of a body in what a button sends. */
const NAMES = ['file', 'contract', 'kickoff', 'evaluation', 'delegation'];
const keysOf = (input: z.ZodType): readonly string[] =>
  Object.keys(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }).properties ?? {});
/** Every button of a client that opens or changes something of a body, as the registry has them. */
const VERBS = features
  .flatMap(({ actions }) => actions)
  .filter(({ role, input }) => role === 'client' && keysOf(input).some((key) => NAMES.includes(key)))
  .map(({ verb }) => verb);
/** What takes something away comes after what shows it. */
const late = (verb: string) => Number(/drop|undo|archive|cancel|unshare/i.test(verb));
/** One's own: to end what one agreed to, and to ask, without the file that is a body's. */
const OWN = new Set(['contracts.revoke', 'knowledge.escalate']);

/** One of each thing of the ministry, made by Alex and Nadia together; what a form about them sends. */
async function things() {
  const file = await sharedFile();
  await requested(teams, file);
  const { id: kickoff, revision } = await kickoffOf(teams, file);
  const contract = await aContract(teams, { title: 'Contrat zibeline' });
  await teams.mustPress(nadia, 'contracts.addInvoice', { contract, ...INVOICE });
  const [invoice] = await teams.services.contracts.invoices(contract, nadia);
  await campaign();
  await tick();
  const asked = newId();
  await teams.services.needs.ask(nadia, file, 'change', alex, asked);
  const shown = { file, contract, kickoff, revision, invoice: invoice?.id, evaluation: await evaluation() };
  return { ...shown, delegation: asked, asked };
}
const INVOICE = { paidOn: '2026-11-21', amount: '100,00 $', note: 'Facture zibeline' };

/** The fields of the forms, valid each; where two forms use a name otherwise, by the verb. */
const FIELDS = {
  ...DETAILS,
  ...OVERALL,
  ...scores(1),
  ...INVOICE,
  page: 1,
  name: 'Nouveau nom',
  question: 'change',
  supplier: 'airelle',
  another: 'airelle',
  seal: newId(),
  amendment: newId(),
  event: newId(),
  slot: newId(),
  clarification: newId(),
  trial: newId(),
  criterion: newId(),
  colleague: keyOf(samuel),
  member: keyOf(samuel),
  text: 'Quelques mots',
  kind: 'terms',
  part: 1,
  why: 'Sous le seuil',
  seen: 0,
  reference: 'CT 2026-12',
  date: '2026-11-20',
  answer: 'Oui, c’est compris.',
  result: 'Tout a bien été.',
  weight: '3',
  round: 1,
  slots: newId(),
  step: 1,
  yes: true,
  duty: 'copy',
  duties: 'copy',
  on: '2026-11-20',
  signedOn: '2026-11-20',
  startsOn: '2026-12-01',
  endsOn: '2028-11-30',
  askedOn: '2026-11-20',
  validatedOn: '2026-11-20',
  validatedBy: 'Diane Tremblay',
  contact: '418 555-0142',
  good: 'true',
};
const formsOf = (): Readonly<Record<string, object>> => ({
  'needs.setEligibility': { kind: 'lcop4', bound: 'yes' },
  'acquisitions.archive': { ended: 'abandoned' },
  // Only the meeting, and what follows it, is taken back.
  'kickoff.undo': { step: 3, party: 'client' },
  'scenarios.ask': { question: 'Quel est le délai ?' },
  'scenarios.planTrial': {
    offer: 'airelle-courriel',
    units: '1',
    days: '5',
    start: day(3),
    withoutPersonalData: 'true',
  },
  'scenarios.moveTrial': { days: '5', start: day(3) },
  'evaluations.answer': { reference: 'false' },
  'evaluations.submit': { reference: 'false' },
  'evaluations.repeat': { reference: 'false', criterion: undefined },
  'contracts.create': { ...CONTRACT, ofFile: 'true' },
  'contracts.correct': CONTRACT,
  'contracts.terminate': TERMINATION,
  'contracts.correctTermination': TERMINATION,
});
/** Buttons on a part of a thing of which there is none here: to everybody it is not there. */
const PARTS =
  /[aA]mendment|dropEvent|clarified|concludeTrial|(drop|change)Criterion|dropClarification|(drop|move)Trial|scenarios\.verify|Termination|tookPlace|agenda|evaluations\.(signed|waive|unwaive)/;

describe('who may, once somebody left', () => {
  test.each([
    ['the same process', () => teams],
    ['another process', () => teams.other],
  ])('no button about a body’s things opens to the leaver, at %s', async (_where, process) => {
    const data = { ...FIELDS, ...(await things()) };
    await leaves(alex);
    const forms = formsOf();
    const buttons = VERBS.filter((verb) => !OWN.has(verb));
    expect(buttons.length).toBeGreaterThan(60);
    const reached: string[] = [];
    for (const verb of buttons) {
      const { card, word } = await process().press(alex, verb, { ...data, ...forms[verb] });
      if (card || !word.includes('introuvable')) reached.push(`${verb}: ${card?.template ?? word}`);
    }
    expect(reached).toEqual([]);
  });

  test('each of them knows the colleague who stays, at another process', async () => {
    const data = { ...FIELDS, ...(await things()) };
    await leaves(alex);
    const forms = formsOf();
    // The question was put to Alex: nobody else answers it.
    const buttons = VERBS.filter((verb) => verb !== 'needs.answerFor' && !PARTS.test(verb));
    const unknown: string[] = [];
    for (const verb of buttons.sort((one, other) => late(one) - late(other))) {
      const { card, word } = await teams.other.press(nadia, verb, { ...data, ...forms[verb] });
      if (!card && word.includes('introuvable')) unknown.push(verb);
    }
    expect(unknown).toEqual([]);
  });

  test('no list shows a leaver the body’s things, and they come back with the membership', async () => {
    await things();
    const seen = async () => {
      const [files, contracts, evaluations] = await Promise.all([
        teams.services.files.filesOf(alex, 'open'),
        teams.services.contracts.page(alex, 1, 5),
        teams.services.evaluations.evaluationsPage(alex, 1, 5),
      ]);
      return [files.length, contracts.total, evaluations.total];
    };
    expect(await seen()).toEqual([1, 1, 1]);
    await leaves(alex);
    expect(await seen()).toEqual([0, 0, 0]);
    await confirmed(alex);
    expect(await seen()).toEqual([0, 0, 0]);
    await comesBack(alex);
    expect(await seen()).toEqual([1, 1, 1]);
  });

  test('a request that is refused ended the rights all the same', async () => {
    const contract = await aContract(teams);
    await leaves(alex);
    const { id = '' } = (await teams.services.organizations.findMembership(alex)) ?? {};
    await teams.services.organizations.decideMembership(admin, id, 1, 'refuse');
    expect(await teams.refusedPress(alex, 'contracts.open', { contract })).toContain('introuvable');
  });

  test('what was made for no body stays its author’s, whatever body they act for', async () => {
    const file = await aFile(teams, { owner: samuel });
    const contract = await aContract(teams, {}, samuel);
    await colleagues(teams, [samuel], CITY);
    await leaves(samuel, 'Ville de Lévis');
    expect((await teams.mustPress(samuel, 'acquisitions.open', { file })).template).toBe('acquisitions/file');
    expect((await teams.mustPress(samuel, 'contracts.open', { contract })).template).toBe(
      'contracts/contract',
    );
  });

  test('a file of one’s own that one shares is the body’s from then on', async () => {
    const file = await aFile(teams, { owner: samuel });
    await colleagues(teams, [samuel], MINISTRY);
    await teams.mustPress(samuel, 'acquisitions.share', { file, colleague: keyOf(nadia) });
    await leaves(samuel);
    expect(await teams.refusedPress(samuel, 'acquisitions.open', { file })).toContain('introuvable');
    expect((await teams.mustPress(nadia, 'acquisitions.open', { file })).offers('Archiver le dossier')).toBe(
      true,
    );
  });

  test('a file of one’s own is the body’s from the day a meeting is asked for in its name', async () => {
    const file = await aFile(teams, { owner: samuel });
    await colleagues(teams, [samuel], MINISTRY);
    await requested(teams, file, {}, samuel);
    await leaves(samuel);
    expect(await teams.refusedPress(samuel, 'acquisitions.open', { file })).toContain('introuvable');
    expect(await teams.refusedPress(samuel, 'kickoff.open', { file })).toContain('introuvable');
    expect((await teams.mustPress(nadia, 'acquisitions.open', { file })).template).toBe('acquisitions/file');
  });

  test('a file whose meeting was asked for before one acted for a body is its own from the contract on', async () => {
    await leaves(alex);
    const file = await aFile(teams);
    const { kickoff } = await booked(teams, file);
    await readyToSign(teams, { kickoff: kickoff.id, file });
    await confirmed(alex);
    await teams.mustPress(alex, 'kickoff.sign', signing(kickoff.id, '2026-11-26'));
    await comesBack(alex);
    expect(await teams.refusedPress(alex, 'kickoff.open', { file })).toContain('introuvable');
  });

  test('a file of which nobody is left is there for every member of the body', async () => {
    const file = await aFile(teams);
    expect(await teams.refusedPress(nadia, 'acquisitions.open', { file })).toContain('introuvable');
    await leaves(alex);
    const card = await teams.mustPress(nadia, 'acquisitions.open', { file });
    await teams.mustClick(nadia, card, 'Enregistrer', { name: 'Repris' });
    await comesBack(alex);
    expect((await teams.mustPress(alex, 'acquisitions.open', { file })).plain).toContain('Repris');
  });

  test('a leaver who erases their data deletes nothing of the body’s', async () => {
    const file = await aFile(teams);
    await leaves(alex);
    await teams.services.privacy.erase(alex);
    expect((await teams.mustPress(nadia, 'acquisitions.open', { file })).plain).toContain('Courriel');
  });

  test('links that a leaver was given show nothing any more', async () => {
    const file = await sharedFile();
    const contract = await aContract(teams);
    await teams.press(alex, 'contracts.feed', { contract });
    const feed = teams.lastCard().token();
    await teams.press(alex, 'needs.document', { file });
    const document = teams.lastCard().token();
    expect((await page(feed, undefined, teams.services)).status).toBe(200);
    await leaves(alex);
    expect((await page(feed, undefined, teams.services)).status).toBe(404);
    await expect(download(document, teams.services)).rejects.toThrow('introuvable');
  });

  test('a leaver is no reference of the body any more', async () => {
    const contract = await aContract(teams);
    await teams.services.contracts.consent(alex, contract, '418 555-0142');
    await leaves(alex);
    expect((await teams.services.contracts.references(1, 5)).total).toBe(0);
  });
});

describe('who leaves while they press', () => {
  /** The leaving is under way at another process, and ends while the press waits for it. */
  async function pressedMeanwhile(verb: string, data: object): Promise<string> {
    let answer: ReturnType<typeof teams.refusedPress> | undefined;
    await teams.other.db.transaction(async (tx) => {
      await tx.execute(sql`delete from memberships where object_id = ${alex.objectId}`);
      answer = teams.refusedPress(alex, verb, data);
      await Promise.race([answer.catch(() => undefined), setTimeout(300)]);
    });
    return (await answer) ?? '';
  }

  test.each(['kickoff.move', 'kickoff.cancel', 'kickoff.tookPlace'])(
    '%s is not done any more',
    async (verb) => {
      const { kickoff } = await booked(teams, await sharedFile());
      if (verb === 'kickoff.tookPlace') teams.clock.advance({ weeks: 8 });
      const { id, revision, slotId: slot } = kickoff;
      expect(await pressedMeanwhile(verb, { kickoff: id, revision, slot, yes: true })).toContain(
        'introuvable',
      );
      expect(await teams.services.kickoffs.findKickoff(id)).toEqual(kickoff);
    },
  );

  test('nor are moments chosen', async () => {
    const { kickoff, slots } = await proposed(teams, await sharedFile());
    const chosen = { kickoff: kickoff.id, round: 1, slots: slots.map(({ id }) => id).join(',') };
    expect(await pressedMeanwhile('kickoff.choose', chosen)).toContain('introuvable');
    expect(await teams.services.kickoffs.slots(kickoff)).toEqual(slots);
  });
});

describe('before one leaves', () => {
  test('a confirmed member sees what they will see no more, and nothing happens until they confirm', async () => {
    await things();
    const card = await teams.mustPress(alex, 'people.declare', { other: CITY });
    expect(card.template).toBe('people/leaving');
    expect(card.plain).toContain('1 dossier');
    expect(card.plain).toContain('1 contrat');
    expect(card.plain).toContain('1 évaluation à remplir');
    const stays = await teams.mustClick(alex, card, 'Rester');
    expect(stays.plain).toContain('Confirmée');
    expect((await teams.services.organizations.findMembership(alex))?.state).toBe('confirmed');
    const left = await teams.mustClick(alex, card, 'Quitter et demander');
    expect(left.plain).toContain(CITY);
  });

  test('their own body, however it is typed, is no other one', async () => {
    const card = await teams.mustPress(alex, 'people.declare', { other: MINISTRY.toUpperCase() });
    expect(card.template).toBe('people/organization');
    expect((await teams.services.organizations.findMembership(alex))?.state).toBe('confirmed');
  });
});

describe('those who stay', () => {
  const told = (person: Person) => teams.received(person, 'people/departure');

  test('are told once who left, what passes to them, and where it is', async () => {
    await things();
    await leaves(alex);
    await teams.runJobs();
    const [card, ...others] = told(nadia);
    expect(others).toEqual([]);
    expect(card?.plain).toContain('Alex Gagnon a quitté');
    expect(card?.plain).toContain('1 dossier');
    expect(card?.plain).toContain('1 contrat');
    expect(card?.plain).toContain('« contrats »');
    expect(told(alex)).toEqual([]);
  });

  test('are told nothing where nothing passes, nor of who came back meanwhile', async () => {
    await leaves(alex);
    await comesBack(alex);
    await aFile(teams);
    await leaves(nadia);
    await teams.runJobs();
    expect([...told(alex), ...told(nadia)]).toEqual([]);
  });

  test('are reminded of the contract, and the leaver is not', async () => {
    const contract = await aContract(teams);
    await leaves(alex);
    await teams.services.gathering.gather();
    teams.clock.advance({ days: 4 });
    await teams.services.gathering.gather();
    await teams.runJobs();
    expect(teams.received(alex, 'reminders/day')).toEqual([]);
    expect(teams.received(nadia, 'reminders/day').length).toBeGreaterThan(0);
    expect(await teams.services.contracts.isReminded(contract, nadia)).toBe(true);
  });

  test('a reminder that was on its way to a leaver is not sent', async () => {
    await aContract(teams);
    await teams.services.gathering.gather();
    await leaves(alex);
    teams.clock.advance({ days: 4 });
    await teams.runJobs();
    expect(teams.received(alex, 'reminders/day')).toEqual([]);
  });
});

test('a file that stays one’s own does not lead to the contract, which is the former body’s', async () => {
  const file = await aFile(teams, { owner: samuel });
  await requested(teams, file, {}, samuel);
  await colleagues(teams, [samuel]);
  const origin = { acquisition: file, name: 'airelle inc.' };
  await teams.services.contracts.create(samuel, New.parse(CONTRACT), newId(), origin);
  const offered = async () =>
    (await teams.mustPress(samuel, 'kickoff.open', { file })).offers('Ouvrir le contrat');
  expect(await offered()).toBe(true);
  await leaves(samuel);
  expect(await offered()).toBe(false);
});

const RIGHTS = fc.array(fc.constantFrom('ministry', 'city', 'confirm', 'refuse'), { maxLength: 8 });

test('whatever becomes of a membership, one sees a body’s things exactly while it is confirmed', async () => {
  const contract = await aContract(teams, {}, nadia);
  await fc.assert(
    fc.asyncProperty(RIGHTS, async (steps) => {
      const { organizations } = teams.services;
      // Another day: so many memberships are not asked for in one.
      teams.clock.advance({ days: 1 });
      for (const step of steps) {
        const held = await organizations.findMembership(samuel);
        if (step === 'ministry' || step === 'city')
          await organizations.requestMembership(samuel, step === 'city' ? CITY : MINISTRY, newId());
        else if (held) await organizations.decideMembership(admin, held.id, 1, step);
        const now = await organizations.findMembership(samuel);
        const may = now?.state === 'confirmed' && now.organization === MINISTRY;
        for (const process of [teams, teams.other]) {
          const { card } = await process.press(samuel, 'contracts.open', { contract });
          expect(card !== undefined).toBe(may);
        }
      }
    }),
    { numRuns: 12 },
  );
});
