import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import * as schema from '../../screens/schema.ts';
import type { OfFile, ScenarioServices } from './actions.ts';
import * as choiceCards from './choice-cards.ts';

const sealsCard = async (
  { person }: ActionTurn,
  { file, page = 1 }: OfFile,
  { files, scenarios }: ScenarioServices,
  notice: string,
) =>
  choiceCards.sealsCard(
    await files.findFile(file, person),
    await scenarios.seals(file, person),
    page,
    notice,
  );

export const sealNow = action(
  'scenarios.seal',
  schema.File,
  redraws(
    (turn, { file }, { scenarios }) => scenarios.seal(turn.person, file),
    sealsCard,
    'La comparaison est scellée.',
  ),
);

export const seals = action('scenarios.seals', schema.FilePage, draws(sealsCard));

export const verify = action(
  'scenarios.verify',
  schema.FileSeal,
  redraws(
    (turn, { file, seal }, { scenarios }) => scenarios.verify(file, seal, turn.person),
    sealsCard,
    ({ same }) =>
      same
        ? 'Recalculée à partir des mêmes fiches : l’empreinte est identique.'
        : 'Recalculée, l’empreinte diffère : prévenez l’équipe du Courtier.',
  ),
);
