import type { z } from 'zod';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { withFacts } from '../../../../core/guide/index.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { AmendmentOutcome } from '../store/preparing.ts';
import { amendmentForm, amendmentsCard } from './cards.ts';

const STALE = 'Cet avenant a changé entre-temps : rien n’est enregistré. Voici ce qui est noté.';

export const showAmendments = action('contracts.amendments', schema.ContractPage, draws(amendmentsCard));

export const newAmendment = action(
  'contracts.newAmendment',
  schema.Reference,
  draws((turn, input, services: ContractServices, word) => amendmentForm(turn, input, services, word)),
);

export const amend = forgiving(
  comesBack(schema.Reference, (turn, known, services: ContractServices) =>
    amendmentForm(turn, known, services),
  ),
  creating(
    'contracts.amend',
    {
      noun: ['avenant', 'avenants'],
      person: 60,
      body: 500,
      tenant: 12_000,
      why: 'One or two a contract and year.',
    },
    schema.Amendment,
    redraws(
      (turn, { contract, ...wanted }, { contracts }: ContractServices) =>
        contracts.amend(turn.person, contract, wanted, turn.effect),
      (turn, { contract }, services: ContractServices, word) =>
        amendmentsCard(turn, { contract }, services, word),
      'C’est noté. Vérifiez les conditions, puis demandez au Courtier de préparer l’avenant et de le valider.',
    ),
  ),
);

/** A form that notes something of an amendment, and comes back as it was typed where the amendment is another one now. */
const noting = <I extends z.ZodType<{ readonly contract: string }>>(
  verb: string,
  input: I,
  note: (
    turn: ActionTurn,
    input: z.output<I>,
    contracts: ContractServices['contracts'],
  ) => Promise<AmendmentOutcome>,
  word: string | (() => string),
) =>
  forgiving(
    comesBack(schema.Reference, amendmentsCard),
    action(
      verb,
      input,
      redraws(
        async (turn, sent, { contracts }: ContractServices) =>
          unlessStale({ kind: await note(turn, sent, contracts) }, STALE),
        amendmentsCard,
        word,
      ),
    ),
  );

export const askAmendment = noting(
  'contracts.askAmendment',
  schema.AskAmendment,
  ({ person }, { contract, amendment, askedOn }, contracts) =>
    contracts.askAmendment(person, contract, amendment, askedOn),
  'La demande de validation est notée.',
);

export const validateAmendment = noting(
  'contracts.validateAmendment',
  schema.ValidateAmendment,
  ({ person }, { contract, amendment, ...validation }, contracts) =>
    contracts.validateAmendment(person, contract, amendment, validation),
  'La validation du Courtier est notée : l’avenant peut être signé.',
);

export const signAmendment = noting(
  'contracts.signAmendment',
  schema.SignAmendment,
  ({ person }, { contract, amendment, signedOn }, contracts) =>
    contracts.signAmendment(person, contract, amendment, signedOn),
  () => withFacts('L’avenant est en vigueur. Sa copie est due au Courtier dans les {{copyDays}}.'),
);

export const correctAmendment = noting(
  'contracts.correctAmendment',
  schema.CorrectAmendment,
  ({ person }, { contract, amendment, seen, ...wanted }, contracts) =>
    contracts.correctAmendment(person, contract, amendment, seen, wanted),
  'C’est corrigé. Voici ce qui est noté.',
);

export const dropAmendment = action(
  'contracts.dropAmendment',
  schema.DropAmendment,
  redraws(
    (turn, { contract, amendment, seen }, { contracts }) =>
      contracts.dropAmendment(turn.person, contract, amendment, seen),
    amendmentsCard,
    (outcome) =>
      outcome === 'done'
        ? 'L’avenant est retiré.'
        : 'Cet avenant a changé entre-temps : rien n’est retiré. Voici ce qui est noté.',
  ),
);

export const unsignAmendment = action(
  'contracts.unsignAmendment',
  schema.UnsignAmendment,
  redraws(
    (turn, { contract, amendment, seen }, { contracts }: ContractServices) =>
      contracts.unsignAmendment(turn.person, contract, amendment, seen),
    amendmentsCard,
    (outcome) =>
      outcome === 'done'
        ? 'La signature est retirée : l’avenant n’est plus en vigueur, et le contrat reprend comme avant.'
        : STALE,
  ),
);
