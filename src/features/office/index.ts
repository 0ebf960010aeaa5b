import { feature } from '../../core/manifest.ts';
import type { AgendaItem } from '../../core/routes/waiting.ts';
import { count } from '../../core/text/text.ts';
import type { Person } from '../../core/turn.ts';
import { people } from '../people/index.ts';
import * as jobs from './jobs.ts';
import { retention } from './retention.ts';
import { EVERYTHING, filtered } from './rules/filter.ts';
import { isHeldBy, isOffered } from './rules/standing.ts';
import * as absence from './screens/absence.ts';
import * as item from './screens/item.ts';
import * as list from './screens/list.ts';
import * as many from './screens/many.ts';
import type { OfficeServices } from './screens/services.ts';
import * as starting from './screens/starting.ts';
import { buildOffice } from './store/office.ts';

/** For `à faire`: that the office has something for a member of the staff, with the first date. */
async function agenda(person: Person, { office, people }: OfficeServices): Promise<AgendaItem[]> {
  if (!(await people.may(person, 'staff'))) return [];
  const all = filtered(await office.standing(), EVERYTHING, person);
  const mine = all.filter((each) => isHeldBy(each, person));
  const others = all.filter((each) => isOffered(each) && !isHeldBy(each, person));
  const [first] = [...mine, ...others];
  if (!first) return [];
  const late = [...mine, ...others].filter((each) => each.late).length;
  return [
    {
      on: first.due.on,
      what: 'Ce qui attend l’équipe du Courtier',
      when: `${count(mine.length, 'à vous', 'à vous')}, ${count(others.length, 'à personne', 'à personne')}${late > 0 ? `, ${count(late, 'date passée', 'dates passées')}` : ''}`,
      late: late > 0,
      ask: 'à traiter',
    },
  ];
}

/** The broker's office: all that waits for the staff, who has it, who is away, and what is told each day. */
export const office = feature({
  id: 'office',
  below: [people],
  build: (ports, below) => ({
    office: buildOffice({ ...ports, ...below, waits: ports.house.waits }),
  }),
  spoken: [
    { words: ['vérifier de nouveau'], verb: 'office.starting' },
    { words: ['ce que vous suivez'], verb: 'office.list', data: { page: 1, seen: 'mine...due' } },
    { words: ['plusieurs à la fois'], verb: 'office.many', data: { page: 1 } },
    { words: ['à personne'], verb: 'office.list', data: { page: 1, seen: 'nobody...due' } },
  ],
  messages: [
    {
      command: 'à traiter',
      aliases: ['ce qui attend l’équipe', 'liste de l’équipe'],
      description: 'Voir tout ce qui attend l’équipe, le prendre, le confier, le remettre',
      role: 'staff',
      minor: true,
      scopes: ['personal', 'group', 'channel'],
      handle: list.openList,
    },
    {
      command: 'absence',
      aliases: ['mon absence', 'mes absences'],
      description: 'Dire quand vous êtes absent : ce que vous suivez est offert à l’équipe',
      role: 'staff',
      minor: true,
      scopes: ['personal'],
      handle: absence.openAbsence,
    },
    {
      command: 'mise en service',
      aliases: ['premiers pas du bureau', 'démarrer le bureau'],
      description: 'Mettre un nouveau bureau en place, étape par étape',
      help: { group: 'settings', first: { icon: 'Rocket', sign: '🚀', greeting: true } },
      role: 'admin',
      minor: true,
      scopes: ['personal'],
      handle: starting.openStarting,
    },
  ],
  actions: [
    list.showList,
    item.look,
    item.open,
    item.take,
    item.handBack,
    item.assign,
    item.putOff,
    many.many,
    many.takeMany,
    many.assignMany,
    many.putOffMany,
    many.handBackMany,
    starting.look,
    absence.note,
    absence.end,
    absence.noteFor,
    absence.endFor,
  ],
  jobs: [jobs.tellDay],
  notices: jobs.notices,
  agenda,
  holders: (kind, ids, { office }) => office.holdersOf(kind, ids),
  trails: [
    {
      prefix: 'office',
      title: 'Ce qui attend l’équipe',
      one: 'Ce qui attendait',
      acts: {
        take: 'a pris ce qui attendait',
        assign: 'a confié ce qui attendait',
        putOff: 'a remis ce qui attendait',
        handBack: 'a rendu ce qui attendait',
      },
    },
    {
      prefix: 'absence',
      title: 'Absences de l’équipe',
      one: 'Absence de',
      acts: { note: 'a annoncé une absence', end: 'a mis fin à une absence' },
      names: (ids, { people }) => people.namesOf(ids),
    },
  ],
  retention,
  templates: [
    'office/list',
    'office/item',
    'office/many',
    'office/digest',
    'office/absence',
    'office/starting',
  ],
  charges: [
    {
      noun: ['autre chose suivie', 'autres choses suivies'],
      command: 'à traiter',
      count: (person, { office }) => office.heldCount(person),
      hand: (tx, person, heir, { office }) => office.hand(tx, person, heir),
    },
  ],
  privacy: {
    title: 'Suivi de l’équipe du Courtier',
    export: async (person, { office }) => ({
      gestes: await office.actsHeldOf(person),
      absences: await office.absenceHeldOf(person),
    }),
    fates: async (person, { office }) => [
      {
        kind: 'team',
        count: await office.heldCount(person),
        noun: ['autre chose suivie', 'autres choses suivies'],
        becomes: ['rendue à l’équipe', 'rendues à l’équipe'],
        command: 'à traiter',
      },
    ],
    async erase(tx, person, { office }) {
      await office.erase(tx, person);
      await office.eraseAbsence(tx, person);
    },
  },
});
