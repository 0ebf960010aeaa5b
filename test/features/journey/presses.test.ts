import { expect, test } from '@jest/globals';
import type { Person } from '../../../src/core/turn.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { kickoffOf, people, supplierChooses, supplierLink } from '../../support/kickoff.ts';
import { alex, diane, staffRoom } from '../../support/people.ts';
import { print } from '../../support/print.ts';
import { recalling } from '../../support/recalls.ts';
import type { ShownCard } from '../../support/shown-card.ts';

const teams = fakeTeams();

type Json = { readonly [key: string]: unknown };

/** Whether a button is folded under another one, which is pressed first. */
function isFolded(node: unknown, verb: string, folded = false): boolean {
  if (Array.isArray(node)) return node.some((inner) => isFolded(inner, verb, folded));
  if (node === null || typeof node !== 'object') return false;
  const { type, verb: own } = node as Json;
  if (type === 'Action.Execute' && own === verb) return folded;
  return Object.values(node).some((inner) => isFolded(inner, verb, folded || type === 'Action.ShowCard'));
}

/** A right answer to each of the thirteen questions. */
const ANSWERS: readonly object[] = [
  { impacts: 'Le soutien change de forme.' },
  { impacts: 'Formation de 120 personnes.' },
  { confidentiality: 'personal', nature: 'Courriels et agendas' },
  { analysis: 'yes' },
  { categories: 'courriel' },
  { months: '24' },
  { 'courriel.units': '120' },
  { dollars: '50000' },
  { signature: '2027-02-01' },
  { ready: 'yes' },
  { impact: 'Un contrat finit en mars 2027.' },
  { needed: 'no' },
  { suitable: 'yes' },
];

/** What a client presses, counted: a button that is folded takes two. */
function counting(person: Person) {
  let presses = 0;
  return {
    total: () => presses,
    async press(card: ShownCard, title: string, inputs: object = {}): Promise<ShownCard> {
      const { verb = '' } = card.button(title);
      presses += isFolded(card.json, verb) ? 2 : 1;
      return teams.mustClick(person, card, title, inputs);
    },
    /** A press that opens a card below. */
    async opens(card: ShownCard, title: string): Promise<void> {
      presses += 1;
      await teams.click(person, card, title);
    },
  };
}

test('from the first question to the signed contract', async () => {
  await people(teams);
  const { press, opens, total } = counting(alex);

  let card = await press(await teams.asks(alex, 'mon dossier'), 'Créer le dossier', { name: 'Courriel' });
  card = await press(card, 'Continuer : besoins');
  card = await press(card, 'Enregistrer et suivante', { kind: 'lcop4', bound: 'yes' });
  for (const answer of ANSWERS) card = await press(card, 'Enregistrer et suivante', answer);
  expect(card.plain).toContain('Besoins · 13 de 13');
  card = await press(card, 'Continuer : offres conformes');
  card = await press(card, 'Confirmer');
  card = await press(card, 'airelle');
  card = await press(card, 'Confirmer le choix');
  card = await press(card, 'Demander la rencontre');
  await press(card, 'Envoyer au Courtier', {
    ...Object.fromEntries(card.inputs.map(({ id, value }) => [String(id), String(value ?? '')])),
    contactEmail: 'camille@airelle.example',
  });
  await teams.runJobs();
  const [file] = await teams.services.files.filesOf(alex, 'open');
  const requested = await kickoffOf(teams, file?.id ?? '');
  const { id } = requested;
  await teams.press(diane, 'kickoff.propose', { kickoff: id, revision: requested.revision }, staffRoom);
  await teams.runJobs();
  const kickoff = await kickoffOf(teams, file?.id ?? '');
  const slots = await teams.services.kickoffs.slots(kickoff);
  await press(teams.newest(alex, 'kickoff/slots'), 'Envoyer mes choix', { slots: String(slots[0]?.id) });
  const token = await supplierLink(teams, id);
  await supplierChooses(teams, { kickoff, slots, token }, slots.slice(0, 1));
  await teams.runJobs();

  teams.clock.advance({ days: 14 });
  await recalling(teams).hour();
  await opens(teams.newest(alex, 'reminders/day'), 'Ouvrir');
  card = await press(teams.newest(alex, 'kickoff/status'), 'Oui, elle a eu lieu');
  const { kickoffs } = teams.services;
  const others = async (...steps: readonly (readonly [number, 'broker' | 'supplier'])[]) => {
    for (const [step, party] of steps)
      await kickoffs.confirm(party, party === 'broker' ? diane : 'airelle inc.', id, step);
    return teams.mustPress(alex, 'kickoff.status', { kickoff: id });
  };
  card = await press(card, 'Oui, c’est fait');
  card = await press(card, 'Oui, c’est fait');
  card = await others([6, 'broker'], [6, 'supplier'], [7, 'broker']);
  await press(card, 'Oui, c’est fait');
  card = await others([8, 'broker']);
  await press(card, 'Oui, c’est fait');
  card = await others([10, 'supplier']);
  const value = (input: string) => String(card.valueOf(input));
  card = await press(card, 'Noter le contrat', {
    signedOn: value('signedOn'),
    startsOn: value('startsOn'),
    endsOn: value('endsOn'),
    amount: value('amount'),
  });
  expect(card.plain).toContain('Le contrat est noté');
  print(`presses from the first question to the signed contract: ${total()}`);
  expect(total()).toBe(37);
});
