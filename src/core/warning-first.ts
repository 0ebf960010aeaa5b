import { z } from 'zod';
import { isSame } from './chosen-person.ts';
import { CourtierError } from './errors.ts';
import { comesBack, forgiving } from './forgiving.ts';
import { sure } from './form.ts';
import type { House } from './manifest.ts';
import { SURE } from './refused.ts';
import type { ActionRoute } from './routes/turns.ts';

const Meant = z.object(sure);

/** Of which of what waits for the staff an action is, by what its card sends; undefined where it is of none. */
type Named<I> = (input: I) => { readonly kind: string; readonly id: string } | undefined;

/** Said to whoever is about to act on what a colleague has. */
export const inHands = (name: string) =>
  `${name} s’en occupe : rien n’est changé. Parlez-vous, ou pressez de nouveau pour le faire quand même.`;

/**
 * The same actions of the staff, on something that may be in a colleague's hands: they are named first, and it is done
 * when that is meant, by `sure`, which their schemas know. The form, drawn as things stand, comes back as it was typed.
 */
export const warnsFirst =
  <K extends z.ZodType, S extends { readonly house: Pick<House, 'holderOf'> }>(
    known: K,
    named: Named<z.output<K>>,
    draw: Parameters<typeof comesBack<S, K>>[1],
  ) =>
  (route: ActionRoute<S>): ActionRoute<S> =>
    forgiving(comesBack(known, draw), {
      ...route,
      async handle(turn, input, services) {
        const meant = Meant.safeParse(input).data?.[SURE] === 'yes';
        const what = meant ? undefined : named(known.parse(input));
        const holder = what && (await services.house.holderOf(what.kind, what.id));
        if (holder && !isSame(holder, turn.person))
          throw new CourtierError('refused', inHands(holder.name), undefined, { asked: true });
        await route.handle(turn, input, services);
      },
    });
