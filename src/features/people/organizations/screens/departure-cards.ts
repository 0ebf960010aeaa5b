import type { Card } from '../../../../core/card.ts';
import { personKeyOf } from '../../../../core/people/person-key.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Departure, Things } from '../store/leaving.ts';

const counted = (things: readonly Things[]) =>
  things.map(({ noun, count: n, command }) => ({ what: count(n, ...noun), command }));

/** Before somebody asks for another body: what they will see no more. */
export function leavingCard({ organization, things }: Departure, name: string): Card {
  return {
    template: 'people/leaving',
    summary: `Quitter ${organization} pour ${name} ? Confirmez ou restez.`,
    view: {
      organization: escapeMarkdown(organization),
      name: escapeMarkdown(name),
      asked: name,
      empty: things.length === 0,
      things: counted(things),
    },
  };
}

/** For those who stay: who left their body, and what stays with them. */
export function departureCard({ organization, things, name }: Departure & { readonly name: string }): Card {
  return {
    template: 'people/departure',
    summary: `${name} n’agit plus pour ${organization}. Ce qui a été fait pour l’organisation vous reste.`,
    view: {
      topic: 'Votre organisation',
      title: `${escapeMarkdown(name)} a quitté ${escapeMarkdown(organization)}`,
      text: 'Cette personne n’agit plus pour votre organisation. Ce qu’elle a fait en son nom vous reste : vous pouvez le consulter et le poursuivre.',
      things: counted(things).map((thing) => ({ ...thing, how: `Écrivez « ${thing.command} »` })),
    },
  };
}

/** For the staff: the last person of a body was erased. */
export function orphanedCard({ organization, things }: Departure): Card {
  return {
    template: 'people/departure',
    summary: `Plus personne n’agit pour ${organization}. Ce qui est à l’organisation attend quelqu’un.`,
    view: {
      topic: 'Adhésions',
      title: `Plus personne n’agit pour ${escapeMarkdown(organization)}`,
      text: 'La dernière personne confirmée a supprimé ses données. Rien de ce qui est à l’organisation n’est supprimé : qui y sera confirmé le verra. Vous pouvez joindre l’organisation.',
      things: counted(things).map((thing) => ({ ...thing, how: 'Attend quelqu’un' })),
    },
  };
}

/** For the staff: one of them was erased. */
export const teamLeftCard = (things: readonly Things[]): Card => ({
  template: 'people/departure',
  summary: 'Une personne de l’équipe est partie. Ce qu’elle avait commencé est à reprendre.',
  view: {
    topic: 'Équipe',
    title: 'Une personne de l’équipe est partie',
    text: 'Elle a supprimé ses données. Ce qu’elle avait commencé est rendu à l’équipe : chacun peut le poursuivre.',
    things: counted(things).map((thing) => ({ ...thing, how: `Écrivez « ${thing.command} »` })),
  },
});

/** The broker's staff, and the form to change a role. */
/** Before a role is withdrawn: what is under way, and who is to go on with it. */
export function withdrawalCard(leaver: Person, team: readonly Person[], things: readonly Things[]): Card {
  const name = escapeMarkdown(leaver.name);
  return {
    template: 'people/withdrawal',
    summary: `Retirer ${leaver.name} de l’équipe ? Choisissez qui reprend ce qui est en cours.`,
    view: {
      title: `Retirer ${name} de l’équipe ?`,
      text: 'Cette personne ne verra plus rien de l’équipe, et les liens qu’elle a donnés ne mèneront plus à rien : l’équipe en donne de nouveaux avec « liens ».',
      things: counted(things),
      leaver: leaver.objectId,
      heirs: [
        { title: 'L’équipe : chacun peut le prendre', value: '' },
        ...team
          .filter(({ objectId }) => objectId !== leaver.objectId)
          .map((person) => ({ title: person.name, value: personKeyOf(person) })),
      ],
    },
  };
}

/** For the staff: somebody is of the team no more, and what they looked after is somebody's or to be taken. */
export const roleWithdrawnCard = (name: string, handed: boolean, things: readonly Things[]): Card => ({
  template: 'people/departure',
  summary: `${name} ne fait plus partie de l’équipe. Ce qui était en cours est repris.`,
  view: {
    topic: 'Équipe',
    title: `${escapeMarkdown(name)} ne fait plus partie de l’équipe`,
    text: handed
      ? 'Ce qui était en cours est confié à une ou un collègue de l’équipe. Les liens que cette personne avait donnés ne mènent plus à rien : « liens » en donne de nouveaux.'
      : 'Ce qui était en cours est rendu à l’équipe : chacun peut le prendre. Les liens que cette personne avait donnés ne mènent plus à rien : « liens » en donne de nouveaux.',
    things: counted(things).map((thing) => ({ ...thing, how: `Écrivez « ${thing.command} »` })),
  },
});
