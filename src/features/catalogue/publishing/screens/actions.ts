import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { type Download, EXCEL } from '../../../../core/routes/pages.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { DroppedFile, MessageTurn, Turn } from '../../../../core/turn.ts';
import { PAGE_SIZE } from '../../browsing/rules/browse.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import { correctionOf } from '../../correcting/screens/actions.ts';
import { type CheckedFile, checkFiles, MOST_FILES, type NamedFile, openFiles } from '../../fiche/files.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { ficheSheets } from '../../fiche/rules/workbook-model.ts';
import * as schema from '../../screens/schema.ts';
import type { Upload } from '../store/upload-records.ts';
import * as cards from './cards.ts';
import { reviewCard, reviewFileCard } from './review-cards.ts';

const today = ({ clock }: CatalogueServices): string => brokerDate(clock.now()).toString();

const dropHelp = (services: CatalogueServices) =>
  cards.dropHelpCard(services.catalogue.days.nextPriceDate(brokerDate(services.clock.now())).toString());

/** `publier`: how it is done. */
export async function explainPublishing(turn: MessageTurn, services: CatalogueServices): Promise<void> {
  await turn.reply(dropHelp(services));
}

/** Fiches dropped in the chat: each is read and checked, then shown with what it would change. */
export async function filesDropped(turn: MessageTurn, services: CatalogueServices): Promise<void> {
  const { files } = turn;
  if (files.length > MOST_FILES)
    throw new CourtierError('refused', `Déposez au plus ${MOST_FILES} fichiers à la fois.`);
  const progress = await progressOf(turn, files.length);
  const checked = await checkAll(files, services, progress.done);
  const corrected = await draftOf(turn, checked, services);
  if (corrected) {
    await progress.end(corrected);
    return;
  }
  const uploaded = await services.catalogue.uploads.keepUpload(
    turn,
    checked.flatMap(({ name, result }) =>
      result.kind === 'valid' ? [{ name, fiche: result.fiche, warnings: result.warnings }] : [],
    ),
    checked.flatMap(({ name, result }) =>
      result.kind === 'refused' ? [{ name, problems: result.problems }] : [],
    ),
  );
  await progress.end(await review(uploaded, services));
}

/** Several files take a while: a card tells how far the reading is, and becomes the result. */
async function progressOf(turn: Turn, total: number) {
  if (total === 1)
    return { done: async () => {}, end: (card: Parameters<Turn['reply']>[0]) => turn.reply(card) };
  const activity = await turn.reply(cards.readingCard(0, total));
  return {
    // A progress that cannot be shown stops nothing.
    done: (count: number) => turn.revise(activity, cards.readingCard(count, total)).catch(() => {}),
    end: (card: Parameters<Turn['reply']>[0]) => turn.revise(activity, card).catch(() => turn.reply(card)),
  };
}

/** Every file against the catalogue, and against the earlier versions dropped with it. One that cannot be had is refused. */
async function checkAll(
  files: readonly DroppedFile[],
  { catalogue, documents }: CatalogueServices,
  done: (count: number) => Promise<unknown>,
): Promise<CheckedFile[]> {
  const had: NamedFile[] = [];
  const refused: CheckedFile[] = [];
  for (const [at, file] of files.entries()) {
    try {
      had.push(...(await openFiles([{ name: file.name, bytes: await file.read() }], documents)));
    } catch (error) {
      if (!(error instanceof CourtierError)) throw error;
      const problems = [{ path: '', sentence: error.message }];
      refused.push({ name: file.name, result: { kind: 'refused', problems } });
    }
    await done(at + 1);
  }
  if (had.length + refused.length > MOST_FILES)
    throw new CourtierError('refused', `Déposez au plus ${MOST_FILES} fiches à la fois.`);
  return [...checkFiles(had, await catalogue.publication.context(), catalogue.days), ...refused];
}

/** What was dropped, with what it would change, as things stand. */
export async function review(uploaded: Upload, services: CatalogueServices, notice = '', page = 1) {
  const effects = await services.catalogue.uploads.effects(uploaded);
  return reviewCard({ upload: uploaded, effects, today: today(services), notice, page });
}

async function uploadOf(id: string, { catalogue }: CatalogueServices): Promise<Upload> {
  const found = await catalogue.uploads.find(id);
  if (!found) throw notFound();
  return found;
}

export const showReview = action(
  'catalogue.review',
  schema.UploadPage,
  async (turn, { upload, page }, services: CatalogueServices) =>
    turn.update(await review(await uploadOf(upload, services), services, '', page)),
  'staff',
);

export const reviewFile = action(
  'catalogue.reviewFile',
  schema.UploadFile,
  async (turn, { upload: id, file, page }, services: CatalogueServices) => {
    const uploaded = await uploadOf(id, services);
    const effects = await services.catalogue.uploads.effects(uploaded);
    turn.update(reviewFileCard({ upload: uploaded, effects, today: today(services) }, file, page));
  },
  'staff',
);

/** What a colleague has in hand is asked about first. */
const warned = warnsFirst(
  schema.Upload,
  ({ upload }) => ({ kind: 'import', id: upload }),
  async (_turn, { upload }, services: CatalogueServices) =>
    review(await uploadOf(upload, services), services),
);

export const publish = warned(
  action(
    'catalogue.publish',
    schema.Upload,
    async (turn, { upload: id, revision }, services: CatalogueServices) => {
      const confirmation = await services.catalogue.uploads.confirm(id, revision, turn.person);
      if (!confirmation) throw notFound();
      switch (confirmation.kind) {
        case 'published':
          return turn.update(cards.publishedCard(confirmation.outcomes));
        case 'changed':
          return turn.update(
            await review(
              confirmation.upload,
              services,
              'Le catalogue a changé entre-temps. Regardez de nouveau les changements avant de confirmer.',
            ),
          );
        case 'stale':
          return turn.update(await review(confirmation.upload, services));
      }
    },
    'staff',
  ),
);

export const discard = warned(
  action(
    'catalogue.discard',
    schema.Upload,
    async (turn, { upload: id, revision }, services: CatalogueServices) => {
      const left = await services.catalogue.uploads.discard(id, revision);
      if (!left) throw notFound();
      turn.update(await review(left, services));
    },
    'staff',
  ),
);

export const showDropHelp = action(
  'catalogue.dropHelp',
  schema.Nothing,
  async (turn, _input, services: CatalogueServices) => turn.update(dropHelp(services)),
  'staff',
);

/** A fiche as a workbook to fill: a supplier's newest, or an empty one. A link that is good for a quarter of an hour. */
export const ficheModel = creating(
  'catalogue.model',
  { uncounted: 'A link to what the staff see anyway; it is forgotten after a quarter of an hour.' },
  schema.Model,
  async (turn, { supplier, correcting }, { links, catalogue }: CatalogueServices) => {
    const newest = supplier === '' ? undefined : await catalogue.newestOf(supplier);
    const inForce = correcting && (await catalogue.current()).supplier(supplier);
    if (correcting ? !inForce : supplier !== '' && !newest) throw notFound();
    const url = await links.issueOnce(turn.effect, 'catalogueModel', {
      supplier,
      ...(correcting && { correcting }),
    });
    await turn.reply(cards.modelLinkCard(url, newest?.supplier.name, inForce?.version));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);

/** The workbook behind such a link, dated of the next day on which prices may change; to correct, as it is in force. */
export async function modelFile(subject: unknown, services: CatalogueServices): Promise<Download> {
  const { supplier, correcting } = schema.Model.parse(subject);
  const wrong = correcting && (await services.catalogue.publishedInForce(supplier));
  if (wrong) return workbookOf(wrong, wrong.version, services);
  const fiche = supplier === '' ? undefined : await services.catalogue.newestOf(supplier);
  const version = services.catalogue.priceDays().next.toString();
  return workbookOf(fiche && { ...fiche, version, changes: [] }, version, services);
}

async function workbookOf(
  fiche: Fiche | undefined,
  version: string,
  { documents }: CatalogueServices,
): Promise<Download> {
  return {
    fileName: `${fiche?.supplier.id ?? 'fournisseur'}_${version}.xlsx`,
    mediaType: EXCEL,
    body: await documents.workbook(ficheSheets(fiche)),
  };
}

/** A fiche that was dropped alone under the date of the one in force puts an error right: it is asked why. */
async function draftOf(turn: Turn, checked: readonly CheckedFile[], services: CatalogueServices) {
  const [one, another] = checked;
  const fiche = one?.result.kind === 'refused' && !another ? one.result.corrects : undefined;
  if (!fiche || !(await services.catalogue.correcting.mayCorrect(fiche))) return undefined;
  return correctionOf(await services.catalogue.correcting.draft(turn, fiche), services, turn.person);
}

/** Suppliers with their version in force and those to come. */
async function published(turn: Turn, services: CatalogueServices, page: number) {
  const [suppliers, view, samples] = await Promise.all([
    services.catalogue.published(page, PAGE_SIZE),
    services.catalogue.current(),
    services.catalogue.samples.any(),
  ]);
  const removable = samples && (await services.people.may(turn.person, 'admin'));
  const decided = await services.catalogue.measuring.ofSuppliers(suppliers.items.map(({ id }) => id));
  return cards.fichesCard({ sample: view.samples, removable }, suppliers, decided);
}

export async function listFiches(turn: MessageTurn, services: CatalogueServices): Promise<void> {
  await turn.reply(await published(turn, services, 1));
}

export const fiches = action(
  'catalogue.fiches',
  schema.ListPage,
  async (turn, { page }, services: CatalogueServices) => turn.update(await published(turn, services, page)),
  'staff',
);
