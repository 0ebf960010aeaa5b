import type { FirstStepRoute } from '../../../../core/cards/first-steps.ts';
import { count } from '../../../../core/text/text.ts';
import type { CatalogueService } from '../../build.ts';

/** A new office publishes the real fiches; the examples of a trial are none. */
export const firstStep: FirstStepRoute<{ readonly catalogue: Pick<CatalogueService, 'current'> }> = {
  rank: 5,
  title: 'Publier les premières fiches',
  how: 'Déposez ici les fiches des fournisseurs, en Excel ou en YAML : elles sont vérifiées avant de paraître.',
  ask: 'fiches',
  async stands(_person, { catalogue }) {
    const { fiches, samples } = await catalogue.current();
    if (fiches.length === 0) return { stands: 'todo', found: 'Aucune fiche en vigueur.' };
    const found = `${count(fiches.length, 'fiche en vigueur', 'fiches en vigueur')}`;
    return samples
      ? {
          stands: 'todo',
          found: `${found}, dont des exemples aux prix fictifs. « fiches » permet de les retirer.`,
        }
      : { stands: 'done', found: `${found}.` };
  },
};
