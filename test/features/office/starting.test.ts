import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Consent, Installer } from '../../../src/core/ports/directory.ts';
import { EVERYTHING } from '../../../src/features/office/rules/filter.ts';
import { confirmed, followAll, preview, settle } from '../../support/broadcasts.ts';
import { samples } from '../../support/catalogue.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, diane, staffRoom } from '../../support/people.ts';
import { hands } from '../../support/walk/hands.ts';

// The first day of an office: what is to be put in place, in order, each step as the facts have it when it is looked at.

let granted: Consent;
const installer: Installer = {
  catalogues: new Map([[admin.tenantId, '44444444-4444-4444-8444-444444444444']]),
  forPerson: async () => 'installed',
  forTeam: async () => 'installed',
  consent: async () => granted,
};
const teams = fakeTeams({ installer, shortGuide: true });

beforeEach(async () => {
  granted = 'given';
  for (const person of [alex, diane, admin]) await teams.install(person);
});

const look = () => teams.asks(admin, 'mise en service');
const NEXT = 'La suite : ';
const next = async (): Promise<string> => (await look()).plain.split(NEXT)[1]?.split('\n')[0] ?? 'nothing';

const fiches = (origin: 'sample' | 'command') =>
  teams.services.catalogue.publication.publish(samples, origin);

describe('the first day of an office', () => {
  test('leads from an empty database to the last step, which the facts alone tick', async () => {
    expect((await look()).plain).toContain('0 étape sur 7.');
    expect(await next()).toBe('former l’équipe.');

    await giveRole(teams, diane, 'staff');
    expect((await look()).plain).toContain('2 personnes, dont 1 à l’administration.');
    expect(await next()).toBe('désigner le canal de l’équipe.');

    await teams.install(staffRoom);
    await teams.says(admin, 'désigner ce canal', staffRoom);
    expect((await look()).plain).toContain('Le canal désigné répond.');
    expect(await next()).toBe('ouvrir l’accès aux organismes.');

    await teams.mustClick(admin, await teams.asks(admin, 'locataires'), 'Vérifier');
    expect((await look()).plain).toContain('1 consentement constaté sur 1 locataire servi.');
    expect(await next()).toBe('importer le registre des organismes.');

    await teams.drops(admin, { 'organismes.csv': 'Nom;Genre\r\nVille de Matane;municipal' });
    await teams.mustClick(admin, teams.lastCard(), 'Écrire au registre');
    expect(await next()).toBe('publier les premières fiches.');

    await fiches('command');
    expect(await next()).toBe('poser une question d’essai.');

    await hands(teams).handedOver('Où joindre le bureau ?');
    expect((await look()).plain).toContain('1 question transmise attend sa réponse.');
    const { items } = await teams.services.office.list(diane, { ...EVERYTHING, genre: 'question' }, 1, 1);
    await teams.press(diane, 'office.open', { wait: `question/${items[0]?.id}` });
    const question = teams.newest(diane, 'knowledge/escalation');
    await teams.mustClick(diane, question, 'Envoyer la réponse', { answer: 'Au 555, rue Principale.' });
    expect(await next()).toBe('envoyer un avis d’essai.');

    await followAll(teams, diane);
    await confirmed(teams, diane, await preview(teams, diane));
    await settle(teams);
    const last = await look();
    expect(last.plain).toContain('Le dernier avis est arrivé à 1 personne ou canal.');
    expect(last.plain).toContain('Tout est en place : votre bureau peut servir ses clients.');
    expect(last.offers('À traiter')).toBe(true);
  });

  test('opens each step with the words that do it', async () => {
    const card = await look();
    await teams.click(admin, card, 'Former l’équipe');
    expect(teams.lastCard().template).toBe('people/team');
  });

  test('is told to an administrator in the first words of their chat, and never to others', async () => {
    const tiles = (person: typeof admin) => teams.newest(person, 'welcome/help').plain;
    expect(tiles(admin)).toContain('Mettre un nouveau bureau en place');
    expect(tiles(alex)).not.toContain('nouveau bureau');
  });

  test('is for administrators alone', async () => {
    await giveRole(teams, diane, 'staff');
    expect(await teams.reaches(diane, [['office.starting', {}]])).toEqual([]);
    expect(await teams.reaches(admin, [['office.starting', {}]])).toEqual([
      'office.starting: office/starting',
    ]);
  });
});

describe('a step', () => {
  test('is open again when the facts say so: the channel is lost, the colleague leaves', async () => {
    await giveRole(teams, diane, 'staff');
    await teams.install(staffRoom);
    await teams.says(admin, 'désigner ce canal', staffRoom);
    teams.refuses(staffRoom.id);
    expect((await look()).plain).toContain('Le canal désigné ne répond plus');
    await giveRole(teams, diane, 'client');
    expect(await next()).toBe('former l’équipe.');
  });

  test('of examples is not done: their prices are of nobody', async () => {
    await fiches('sample');
    expect((await look()).plain).toContain('dont des exemples aux prix fictifs.');
  });

  test('of tenants has not consented until each has', async () => {
    granted = 'partial';
    await teams.mustClick(admin, await teams.asks(admin, 'locataires'), 'Vérifier');
    expect((await look()).plain).toContain('0 consentement constaté sur 1 locataire servi.');
  });
});
