import type { Card } from '../../../../core/card.ts';
import type { Fate } from '../../../../core/routes/keeping.ts';
import { capital, count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { ErasureStanding, Naming } from '../store/own-data.ts';

/** What is shown before « Voir tout ». */
const SHOWN = 4;
const FATES: Readonly<Record<Naming['erased'], string>> = {
  goes: 'Effacé sur demande',
  stays: 'Reste sans votre nom',
  kept: 'Gardé tel quel',
};

/** What is kept about somebody, by kind: how much, why, until when, and what becomes of it when they ask. */
export function myDataCard(naming: readonly Naming[]): Card {
  const rows = naming
    .toSorted((one, other) => other.count - one.count)
    .map(({ count: n, noun: [one, several], why, until, erased }) => ({
      what: capital(count(n, one, several)),
      why,
      until,
      dated: until !== '',
      fate: FATES[erased],
    }));
  return {
    template: 'people/my-data',
    summary: `Vos données : ${counted(naming) || 'rien n’est à votre nom'}. Vous pouvez les télécharger ou les supprimer.`,
    view: {
      summary:
        rows.length === 0
          ? 'Rien n’est à votre nom pour le moment. Vos questions, vos dossiers et vos contrats paraîtront ici, avec ce pourquoi je les garde.'
          : 'Voici ce qui est à votre nom : combien, pourquoi, jusqu’à quand, et ce que j’en fais si vous demandez à l’effacer.',
      first: rows.slice(0, SHOWN),
      rest: rows.slice(SHOWN),
      folds: rows.length > SHOWN,
    },
  };
}

export const exportedCard = (url: string, document: string): Card => ({
  template: 'people/my-data-link',
  summary: 'Vos données sont prêtes. Les liens sont valables quinze minutes.',
  view: { url, document },
});

const counted = (naming: readonly Naming[]): string =>
  naming.map(({ count: n, noun: [one, several] }) => count(n, one, several)).join(', ');

const fateText = ({ count: n, noun: [one, several], becomes: [alone, together] }: Fate): string =>
  escapeMarkdown(
    one === several
      ? `${capital(one)} : ${alone}.`
      : `${count(n, one, several)} ${n < 2 ? alone : together}.`,
  );

/** What stays, by until when. */
function staying(naming: readonly Naming[]) {
  const byUntil = Map.groupBy(
    naming.filter(({ erased }) => erased === 'stays'),
    ({ until }) => until,
  );
  return [...byUntil].map(([until, rows]) => ({ what: capital(counted(rows)), until: `Gardé ${until}` }));
}

/** The question before erasing: what goes, what goes on without the person, what stays, until when and why. */
export function eraseConfirmCard({ naming, fates }: ErasureStanding): Card {
  const gone = counted(naming.filter(({ erased }) => erased === 'goes'));
  const lines = (kinds: readonly Fate['kind'][]) =>
    fates.filter(({ kind }) => kinds.includes(kind)).map((fate) => ({ text: fateText(fate) }));
  const [ends, goesOn, stays] = [lines(['ends']), lines(['goesOn', 'team']), staying(naming)];
  return {
    template: 'people/my-data-erase',
    summary: 'Supprimer vos données ? Confirmez ou annulez.',
    view: {
      gone: gone ? `${capital(gone)}.` : 'Rien n’est à votre nom.',
      ends,
      goesOn,
      hasGoesOn: goesOn.length > 0,
      stays,
      hasStays: stays.length > 0,
    },
  };
}

export const erasedCard = (): Card => ({
  template: 'people/my-data-erased',
  summary: 'Vos données ont été supprimées.',
  view: {},
});
