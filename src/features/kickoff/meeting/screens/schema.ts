import { z } from 'zod';
import { Cents } from '../../../../core/cards/amount.ts';
import { months, revision, several, sure } from '../../../../core/cards/form.ts';
import { longestMonths } from '../../../../core/guide/index.ts';
import { Id } from '../../../../core/id.ts';
import { Signed } from '../../../contracts/index.ts';
import { HALF_DAYS } from '../rules/slots.ts';

export const Nothing = z.object({});
export const OfFile = z.object({ file: Id });
export const Reference = z.object({ kickoff: Id, ...sure });
export const Seen = z.object({ kickoff: Id, revision: revision(), ...sure });
export const ListPage = z.object({
  page: z.int().min(1).max(10_000),
  late: z.boolean().default(false),
});

const words = (most: number, what: string) =>
  z
    .string()
    .trim()
    .max(most, `${what} compte au plus ${most.toLocaleString('fr-CA')} caractères.`)
    .default('');

const PROJECT = 'Décrivez votre projet en quelques mots.';
const COMPONENTS = 'Dites quelles offres et quelles composantes vous avez choisies.';
const QUANTITIES = 'Dites les quantités prévues et leur répartition.';
const EMAIL = 'Écrivez l’adresse de courriel du fournisseur, comme ventes@fournisseur.ca.';

/** What the broker asks for before the meeting (guide 3.5). */
export const Details = z.object({
  project: z.string(PROJECT).trim().min(1, PROJECT).max(2_000, PROJECT),
  existing: words(1_000, 'Ce texte'),
  get months() {
    return months(longestMonths(), `La durée va de 1 à ${longestMonths()} mois, renouvellements compris.`);
  },
  components: z.string(COMPONENTS).trim().min(1, COMPONENTS).max(2_000, COMPONENTS),
  quantities: z.string(QUANTITIES).trim().min(1, QUANTITIES).max(2_000, QUANTITIES),
  amount: Cents,
  contactName: words(100, 'Le nom'),
  contactEmail: z.email(EMAIL).max(200, EMAIL),
  never: several(z.enum(HALF_DAYS), HALF_DAYS.length - 1, 'Gardez au moins une demi-journée libre.'),
});
export type Details = z.output<typeof Details>;

/** `revision`: of the request that the form was drawn from, 0 for none; cards of the release before say nothing of it. */
export const RequestSeen = z.object({ file: Id, revision: revision(0).optional() });
export const Request = Details.extend(RequestSeen.shape);

const QUESTION = 'Écrivez ce qu’il manque, en au plus 1 000 caractères.';
export const Question = Seen.extend({
  question: z.string(QUESTION).trim().min(1, QUESTION).max(1_000, QUESTION),
});

const NONE = 'Cochez au moins un moment, ou pressez « Aucun ne convient ».';
export const Round = z.object({ kickoff: Id, round: z.int().min(1).max(1_000) });
export const Choice = Round.extend({
  slots: several(Id, 10, 'Choisissez parmi les moments proposés.').refine(
    (chosen) => chosen.length > 0,
    NONE,
  ),
});

export const Step = z.object({ kickoff: Id, step: z.int().min(1).max(11), ...sure });
export const Sign = Signed.extend({ kickoff: Id, ...sure });
export const TookPlace = z.object({ kickoff: Id, slot: Id, yes: z.boolean(), ...sure });
