import type { Scene, Teams } from './hands.ts';
import { acquiring } from './scenes/acquiring.ts';
import { following } from './scenes/following.ts';
import { arriving, leaving, withdrawing } from './scenes/people.ts';
import { telling } from './scenes/telling.ts';

/** What there is to press, scene after scene: each finds all that the scenes before left. */
export const scenes = (teams: Teams): readonly Scene[] =>
  [arriving, acquiring, following, telling, withdrawing, leaving].flatMap((each) => each(teams));
