import { z } from 'zod';
import { brokerDate } from '../../../core/business-days.ts';
import type { Clock } from '../../../core/clock.ts';
import { notice } from '../../../core/feature.ts';
import { Id } from '../../../core/id.ts';
import type { Recipient } from '../../../core/ports.ts';
import type { Person } from '../../../core/turn.ts';
import type { Files } from '../../acquisitions/index.ts';
import type { CatalogueService } from '../../catalogue/index.ts';
import { answerLateCard, trialAskedCard, trialEndsCard } from './screens/reminder-cards.ts';
import type { Dossier } from './store/dossier.ts';

export interface ReminderServices {
  readonly clock: Clock;
  readonly files: Files;
  readonly dossier: Dossier;
  readonly catalogue: CatalogueService;
}

const rules = { policy: 'surely', hours: 'decent', pausable: true, deferrable: true, priority: 1 } as const;

/** « Dossier « Courriel » : demander des nouvelles au fournisseur ». */
const aboutFile =
  (what: string) =>
  async ({ file }: { readonly file: string }, person: Person, { files }: Pick<ReminderServices, 'files'>) =>
    `Dossier « ${(await files.findFile(file, person)).name} » : ${what}`;

/** The open file that a reminder is about, for somebody who still takes part in it. */
async function heldBy(recipient: Recipient, id: string, { files, dossier }: ReminderServices) {
  const file = recipient.kind === 'person' ? await files.seen(id, recipient) : undefined;
  if (recipient.kind !== 'person' || file?.state !== 'open') return undefined;
  return { file, support: await dossier.supportOf(id, recipient) };
}

/** A supplier should have taken a question in charge by now (guide 3.3.2), and no answer was noted. */
export const answerLate = notice(
  { kind: 'scenarios.answerLate', title: 'Question à un fournisseur', ...rules },
  z.strictObject({ file: Id, clarification: Id }),
  async ({ file: id, clarification: which }, recipient, services: ReminderServices) => {
    const held = await heldBy(recipient, id, services);
    const found = held?.support.clarifications.find((each) => each.id === which);
    if (!held || !found || found.answeredOn) return undefined;
    const supplier = (await services.catalogue.current()).supplier(found.supplier)?.supplier.name;
    return answerLateCard(held.file, found, supplier ?? found.supplier, services.catalogue.days);
  },
  aboutFile('demander des nouvelles au fournisseur, ou noter sa réponse'),
);

/** A supplier should have taken the request of a trial in charge by now, and it has not begun (guide 3.3.2). */
export const trialAsked = notice(
  { kind: 'scenarios.trialAsked', title: 'Banc d’essai demandé', ...rules },
  z.strictObject({ file: Id, trial: Id }),
  async ({ file: id, trial: which }, recipient, services: ReminderServices) => {
    const held = await heldBy(recipient, id, services);
    const found = held?.support.trials.find((each) => each.id === which);
    if (!held || !found?.askedOn || found.result) return undefined;
    if (found.start <= brokerDate(services.clock.now()).toString()) return undefined;
    const { days, current } = services.catalogue;
    const offer = (await current()).offer(found.offer)?.offer.name;
    return trialAskedCard(held.file, found, found.askedOn, offer ?? found.offer, days);
  },
  aboutFile('demander des nouvelles de l’essai au fournisseur'),
);

/** A trial ends, or has ended without a result. */
export const trialEnds = notice(
  { kind: 'scenarios.trialEnds', title: 'Fin d’un banc d’essai', ...rules },
  z.strictObject({ file: Id, trial: Id }),
  async ({ file: id, trial: which }, recipient, services: ReminderServices) => {
    const held = await heldBy(recipient, id, services);
    const found = held?.support.trials.find((each) => each.id === which);
    if (!held || !found || found.result) return undefined;
    const offer = (await services.catalogue.current()).offer(found.offer)?.offer.name;
    return trialEndsCard(held.file, found, offer ?? found.offer, brokerDate(services.clock.now()).toString());
  },
  aboutFile('noter le résultat du banc d’essai'),
);
