import { comesBack, forgiving, unlessStale } from '../../../../core/forgiving.ts';
import { withFacts } from '../../../../core/guide/index.ts';
import { draws, redraws } from '../../../../core/redraw.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
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

export const askAmendment = forgiving(
  comesBack(schema.Reference, amendmentsCard),
  action(
    'contracts.askAmendment',
    schema.AskAmendment,
    redraws(
      async (turn, { contract, amendment, askedOn }, { contracts }: ContractServices) =>
        unlessStale({ kind: await contracts.askAmendment(turn.person, contract, amendment, askedOn) }, STALE),
      amendmentsCard,
      'La demande de validation est notée.',
    ),
  ),
);

export const validateAmendment = forgiving(
  comesBack(schema.Reference, amendmentsCard),
  action(
    'contracts.validateAmendment',
    schema.ValidateAmendment,
    redraws(
      async (turn, { contract, amendment, ...validation }, { contracts }: ContractServices) =>
        unlessStale(
          { kind: await contracts.validateAmendment(turn.person, contract, amendment, validation) },
          STALE,
        ),
      amendmentsCard,
      'La validation du Courtier est notée : l’avenant peut être signé.',
    ),
  ),
);

export const signAmendment = forgiving(
  comesBack(schema.Reference, amendmentsCard),
  action(
    'contracts.signAmendment',
    schema.SignAmendment,
    redraws(
      async (turn, { contract, amendment, signedOn }, { contracts }: ContractServices) =>
        unlessStale(
          { kind: await contracts.signAmendment(turn.person, contract, amendment, signedOn) },
          STALE,
        ),
      amendmentsCard,
      () => withFacts('L’avenant est en vigueur. Sa copie est due au Courtier dans les {{copyDays}}.'),
    ),
  ),
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

export const correctAmendment = forgiving(
  comesBack(schema.Reference, amendmentsCard),
  action(
    'contracts.correctAmendment',
    schema.CorrectAmendment,
    redraws(
      async (turn, { contract, amendment, seen, ...wanted }, { contracts }: ContractServices) =>
        unlessStale(
          { kind: await contracts.correctAmendment(turn.person, contract, amendment, seen, wanted) },
          STALE,
        ),
      amendmentsCard,
      'C’est corrigé. Voici ce qui est noté.',
    ),
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
