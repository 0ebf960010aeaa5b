import { z } from 'zod';
import type { House } from '../manifest.ts';
import { isSame } from '../people/chosen-person.ts';
import { personKeyOf } from '../people/person-key.ts';
import type { ActionRoute } from '../routes/turns.ts';
import { listed } from '../text/text.ts';
import type { Person } from '../turn.ts';
import { comesBack, forgiving } from './forgiving.ts';
import { sure } from './form.ts';
import { asked, SURE } from './refused.ts';

const Meant = z.object(sure);

/** Several of a kind that one press is about, and how they are called: « demandes ». */
interface Several {
  readonly kind: string;
  readonly ids: readonly string[];
  readonly noun: string;
}

/** Of which of what waits for the staff an action is, by what its card sends; undefined where it is of none. */
type Named<I> = (input: I) => { readonly kind: string; readonly id: string } | Several | undefined;

const asking = (who: string): string =>
  `${who} : rien n’est changé. Parlez-vous, ou pressez de nouveau pour le faire quand même.`;

/** Said to whoever is about to act on what a colleague has. */
export const inHands = (name: string): string => asking(`${name} s’en occupe`);

/** Said to whoever is about to act on several, some of which colleagues have. */
function someInHands(holders: readonly Person[], noun: string): string {
  const names = [...new Map(holders.map((holder) => [personKeyOf(holder), holder.name])).values()];
  const of = holders.length === 1 ? 'd’une' : `de ${holders.length}`;
  return asking(`${listed(names)} ${names.length > 1 ? 's’occupent' : 's’occupe'} ${of} de ces ${noun}`);
}

/**
 * The same actions of the staff, on something that may be in a colleague's hands: they are named first, and it is done
 * when that is meant, by `sure`, which their schemas know. The form, drawn as things stand, comes back as it was typed.
 */
export const warnsFirst =
  <K extends z.ZodType, S extends { readonly house: Pick<House, 'holdersOf'> }>(
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
        const held =
          what && (await services.house.holdersOf(what.kind, 'ids' in what ? what.ids : [what.id]));
        const others = [...(held?.values() ?? [])].filter((holder) => !isSame(holder, turn.person));
        const [one] = others;
        if (what && one) {
          const sentence = 'ids' in what ? someInHands(others, what.noun) : inHands(one.name);
          throw asked(sentence);
        }
        await route.handle(turn, input, services);
      },
    });
