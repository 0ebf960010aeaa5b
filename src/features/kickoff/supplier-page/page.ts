import { z } from 'zod';
import { LARGEST, whole } from '../../../core/cards/form.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import { Id } from '../../../core/id.ts';
import type { PageAnswer, PageRoute } from '../../../core/routes/pages.ts';
import type { KickoffServices } from '../meeting/screens/services.ts';
import { movedWord } from '../meeting/screens/status.ts';
import type { Kickoff } from '../tables.ts';
import { pageOf, refusedPage } from './views.ts';

const STALE = 'La page a changé entre-temps. Voici où en est la rencontre.';

const UNTICKED = 'Cochez au moins un moment, ou pressez « Aucun de ces moments ne convient ».';

const CANCELLED = 'Cette rencontre est annulée. Le Courtier vous écrira s’il y a une suite.';

const Subject = z.strictObject({ kickoff: Id, supplier: z.string() });

const Answer = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('choose'),
    round: whole(1, 1_000, STALE),
    slots: z.array(Id).max(10),
    /** « Aucun ne convient », which is said, not left out. */
    none: z.literal('yes').optional(),
    remark: z.string().trim().max(500, 'Votre mot compte au plus 500 caractères.'),
  }),
  z.strictObject({
    what: z.literal('confirm'),
    step: whole(1, 11, STALE),
    /** A page of the release before sends none. */
    revision: whole(1, LARGEST, STALE).optional(),
  }),
  z.strictObject({ what: z.literal('move'), revision: whole(1, LARGEST, STALE) }),
]);

/** What was submitted; undefined when it is no form of ours. */
function readForm(form: URLSearchParams) {
  const given: Record<string, unknown> = Object.fromEntries(form);
  if (given.what === 'choose') given.slots = form.getAll('slots');
  return Answer.safeParse(given);
}

/** What became of an answer; where it is not kept, the word that came with it is given back. */
async function chosenPage(
  kickoff: Kickoff,
  { round, slots, none, remark }: Extract<z.output<typeof Answer>, { what: 'choose' }>,
  services: KickoffServices,
): Promise<PageAnswer> {
  const chosen = none ? [] : slots;
  if (chosen.length === 0 && !none) return pageOf(kickoff, services, UNTICKED, 422, remark);
  const outcome = await services.kickoffs
    .choose('supplier', kickoff.id, round, chosen, remark)
    .catch((error: unknown) => {
      if (error instanceof CourtierError && error.kind === 'refused') return error;
      throw error;
    });
  if (outcome instanceof CourtierError) return pageOf(kickoff, services, outcome.message, 409, remark);
  if (outcome.kind === 'stale') return pageOf(outcome.kickoff, services, STALE, 409, remark);
  const word =
    outcome.kickoff.state === 'booked'
      ? 'Merci. Ce moment convient à tous : la rencontre est fixée.'
      : outcome.kickoff.round > round
        ? 'Merci. Voici d’autres moments.'
        : 'Merci, votre réponse est notée. Vous pouvez la changer jusqu’à ce que la rencontre soit fixée.';
  return pageOf(outcome.kickoff, services, word);
}

/** The supplier's page: the moments, the meeting, the steps that are theirs (guide 3.5). */
export const supplierPage: PageRoute<KickoffServices> = {
  kind: 'kickoff.supplier',
  title: 'Page du fournisseur',
  loses:
    'Le fournisseur ne pourra plus choisir de moment ni confirmer ses étapes par cette adresse, et son lien d’agenda ne répondra plus. Ce qu’il a déjà répondu reste.',
  again:
    'Vous êtes un fournisseur et un organisme public prépare un contrat avec vous : demandez un nouveau lien à la personne qui vous a transmis celui-ci.',
  words: ['remark'],
  async about(subject, { kickoffs }) {
    const { kickoff: id, supplier } = Subject.parse(subject);
    const { number, supplierName, details, ...row } = await kickoffs.findKickoff(id);
    if (row.supplierId !== supplier || row.state === 'cancelled') throw notFound();
    return `Rencontre nº ${number} · ${supplierName} · ${details.contactEmail}`;
  },
  async handle(subject, form, services) {
    const { kickoff: id, supplier } = Subject.parse(subject);
    const { kickoffs } = services;
    const kickoff = await kickoffs.findKickoff(id);
    if (kickoff.supplierId !== supplier) throw notFound();
    if (kickoff.state === 'cancelled') throw new CourtierError('refused', CANCELLED);
    if (!form) return pageOf(kickoff, services);
    const read = readForm(form);
    if (!read.success)
      return pageOf(
        kickoff,
        services,
        read.error.issues[0]?.code === 'too_big' ? read.error.issues[0].message : STALE,
        422,
        form.get('remark') ?? undefined,
      );
    const sent = read.data;
    if (sent.what === 'choose') return chosenPage(kickoff, sent, services);
    const outcome =
      sent.what === 'move'
        ? await kickoffs.move('supplier', id, sent.revision)
        : await kickoffs.confirm('supplier', kickoff.supplierName, id, sent.step, sent.revision);
    return outcome.kind === 'stale'
      ? pageOf(outcome.kickoff, services, STALE, 409)
      : pageOf(
          outcome.kickoff,
          services,
          sent.what === 'move' ? movedWord(outcome.kickoff) : 'Merci, c’est noté.',
        );
  },
  refuse: refusedPage,
};
