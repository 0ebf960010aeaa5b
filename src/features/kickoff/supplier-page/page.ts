import { z } from 'zod';
import { LARGEST, whole } from '../../../core/cards/form.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import { Id } from '../../../core/id.ts';
import type { Documents } from '../../../core/ports/documents.ts';
import type { PageAnswer, PageRoute } from '../../../core/routes/pages.ts';
import { type Html, html, htmlPage } from '../../../core/text/html.ts';
import { typeset } from '../../../core/text/text.ts';
import { agendaLink } from '../meeting/screens/agenda.ts';
import type { KickoffServices } from '../meeting/screens/services.ts';
import { movedWord } from '../meeting/screens/status.ts';
import type { Kickoff, Slot } from '../tables.ts';
import { agendaItems, momentText, STATE_NAMES } from '../texts.ts';

type PageServices = KickoffServices & { readonly documents: Documents };

const STALE = 'La page a changé entre-temps. Voici où en est la rencontre.';

const UNTICKED = 'Cochez au moins un moment, ou pressez « Aucun de ces moments ne convient ».';

const CANCELLED = 'Cette rencontre est annulée. Le Courtier vous écrira s’il y a une suite.';

const Subject = z.strictObject({ kickoff: Id, supplier: z.string() });
/** Of a person, or without one: the supplier's. */
const AgendaSubject = z.strictObject({
  kickoff: Id,
  tenantId: z.string().optional(),
  objectId: z.string().optional(),
});

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

const FOOTER = typeset(
  'Vous recevez cette page parce qu’un organisme public vous a choisi. Ne transmettez pas son adresse : qui la détient peut répondre en votre nom.',
);

const answer = (status: PageAnswer['status'], title: string, content: Html): PageAnswer => ({
  status,
  mediaType: 'text/html',
  body: htmlPage(typeset(title), content, FOOTER),
});

const notice = (text: string): Html =>
  text === '' ? html`` : html`<p class="notice" role="status">${typeset(text)}</p>`;

/** What was submitted; undefined when it is no form of ours. */
function readForm(form: URLSearchParams) {
  const given: Record<string, unknown> = Object.fromEntries(form);
  if (given.what === 'choose') given.slots = form.getAll('slots');
  return Answer.safeParse(given);
}

function choosing(
  { round, supplierName }: Kickoff,
  slots: readonly Slot[],
  timeZone: string,
  remark: string,
): Html {
  return html`<p>Un organisme public a choisi <strong>${supplierName}</strong> et prépare un contrat avec vous. Une rencontre de démarrage, par conférence, réunit l’organisme, vous et le Courtier. Cochez tous les moments qui vous conviennent ; l’heure est celle du Québec.</p>
<form method="post">
<input type="hidden" name="what" value="choose">
<input type="hidden" name="round" value="${round}">
<fieldset><legend>Moments proposés</legend>
${slots.map(
  ({ id, startsAt, endsAt, supplier }) =>
    html`<div class="choice"><input type="checkbox" id="s-${id}" name="slots" value="${id}"${supplier ? html` checked` : html``}><label for="s-${id}">${momentText(startsAt, endsAt, timeZone)}</label></div>`,
)}
</fieldset>
<label class="above" for="remark">Un mot pour le Courtier (facultatif)</label>
<textarea id="remark" name="remark" maxlength="500">${remark}</textarea>
<button type="submit">Envoyer ma réponse</button>
<details><summary>Aucun de ces moments ne convient</summary>
<p>Ils seront rendus, et d’autres vous seront proposés, à vous et à l’organisme.</p>
<button type="submit" class="second" name="none" value="yes">Confirmer : aucun ne convient</button>
</details>
</form>`;
}

/** The meeting; no other moment is asked for once it has begun. */
function booked(kickoff: Kickoff, moment: string, agenda: string, begun: boolean): Html {
  return html`<p><strong>${moment}</strong> (heure du Québec)</p>
${kickoff.joinUrl ? html`<p><a href="${kickoff.joinUrl}">Rejoindre la rencontre dans Teams</a></p>` : html``}
<p><a href="${agenda}">Ajouter à mon agenda (.ics)</a></p>
<h2>Ordre du jour</h2>
<ol>${agendaItems().map((text) => html`<li>${typeset(text)}</li>`)}</ol>
${
  begun
    ? html``
    : html`<form method="post">
<input type="hidden" name="what" value="move">
<input type="hidden" name="revision" value="${kickoff.revision}">
<button type="submit" class="second">Ce moment ne me convient plus</button>
</form>`
}`;
}

/** The word that was typed where nothing takes it any more, for whoever sent it to keep. */
const unsent = (remark: string): Html =>
  remark === ''
    ? html``
    : html`<p>${typeset('Votre mot n’est pas transmis. Le voici, pour l’écrire au Courtier :')}</p>
<blockquote>${remark}</blockquote>`;

const confirming = (
  { revision }: Kickoff,
  step: number,
  task: string,
): Html => html`<p>Une étape du contrat vous attend. Si vous la confirmez par erreur, écrivez au Courtier, qui peut l’annuler.</p>
<p><strong>${typeset(task)}.</strong></p>
<form method="post">
<input type="hidden" name="what" value="confirm">
<input type="hidden" name="step" value="${step}">
<input type="hidden" name="revision" value="${revision}">
<button type="submit">C’est fait</button>
</form>`;

/**
 * The page as the kickoff stands, with a word on what was just done. `typed`: the word for the broker that was sent and
 * is kept nowhere; else the field holds the one that is kept.
 */
async function pageOf(
  kickoff: Kickoff,
  services: PageServices,
  word = '',
  status: PageAnswer['status'] = 200,
  typed?: string,
): Promise<PageAnswer> {
  const { kickoffs, timeZone } = services;
  const moment =
    kickoff.startsAt && kickoff.endsAt ? momentText(kickoff.startsAt, kickoff.endsAt, timeZone) : '';
  if (kickoff.state === 'proposed') {
    const slots = await kickoffs.slots(kickoff);
    return answer(
      status,
      'Quand pouvez-vous être là ?',
      html`${notice(word)}${choosing(kickoff, slots, timeZone, typed ?? kickoff.remark)}`,
    );
  }
  const told = html`${notice(word)}${unsent(typed ?? '')}`;
  if (kickoff.state === 'booked') {
    const begun =
      kickoff.startsAt !== null && kickoff.startsAt.getTime() <= services.clock.now().epochMilliseconds;
    return answer(
      status,
      'Votre rencontre de démarrage',
      html`${told}${booked(kickoff, moment, (await agendaLink(kickoff, undefined, services)).url, begun)}`,
    );
  }
  const mine = (await kickoffs.standing(kickoff)).find(({ waiting }) => waiting.includes('supplier'));
  if (kickoff.state === 'held' && mine)
    return answer(
      status,
      `Étape ${mine.step.number} : ${mine.step.title}`,
      html`${told}${confirming(kickoff, mine.step.number, mine.step.tasks.supplier ?? '')}`,
    );
  return answer(
    status,
    'Rien ne vous attend pour le moment',
    html`${told}<p>${typeset(`Où en est le dossier : « ${STATE_NAMES[kickoff.state]} ». Gardez cette adresse : elle vous dira quand ce sera à vous.`)}</p>`,
  );
}

/** What became of an answer; where it is not kept, the word that came with it is given back. */
async function chosenPage(
  kickoff: Kickoff,
  { round, slots, none, remark }: Extract<z.output<typeof Answer>, { what: 'choose' }>,
  services: PageServices,
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
export const supplierPage: PageRoute<PageServices> = {
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
  refuse: (sentence) => answer(404, 'Cette page n’est pas disponible', html`<p>${typeset(sentence)}</p>`),
};

/** The meeting of a calendar's link: whoever it was given to sees it still; the supplier, while their page holds. */
async function agendaKickoff(subject: unknown, { kickoffs, pageLinks }: PageServices): Promise<Kickoff> {
  const { kickoff: id, tenantId, objectId } = AgendaSubject.parse(subject);
  if (tenantId !== undefined && objectId !== undefined) return kickoffs.forClient(id, { tenantId, objectId });
  const row = await kickoffs.findKickoff(id);
  const page = { kickoff: id, supplier: row.supplierId };
  if (!(await pageLinks.holds('kickoff.supplier', page))) throw notFound();
  return row;
}

/** The meeting for one's own calendar. */
export const agendaPage: PageRoute<PageServices> = {
  kind: 'kickoff.agenda',
  title: 'Rencontre, pour un agenda',
  suffix: '.ics',
  loses:
    'L’agenda ne suivra plus l’heure de la rencontre. La rencontre reste ; on peut demander un autre lien.',
  again:
    'Votre agenda suivait une rencontre de démarrage : dans Teams, écrivez « rencontre » à Courtier, puis ajoutez-la de nouveau ; un fournisseur la retrouve sur sa page.',
  async about(subject, services) {
    const { supplierName, number } = await agendaKickoff(subject, services);
    const { tenantId, objectId } = AgendaSubject.parse(subject);
    const known =
      tenantId && objectId ? (await services.people.findPerson({ tenantId, objectId }))?.name : undefined;
    return `Rencontre nº ${number} · pour ${known ?? supplierName}`;
  },
  async handle(subject, form, services) {
    const { documents, clock } = services;
    const row = await agendaKickoff(subject, services);
    if (form || !row.startsAt || !row.endsAt) throw notFound();
    const body = await documents.agenda(
      'Rencontre de démarrage',
      [
        {
          // The kickoff's: what comes after a move replaces what came before.
          id: row.id,
          title: `Rencontre de démarrage : ${row.supplierName}`,
          text: agendaItems()
            .map((text, at) => `${at + 1}. ${text}`)
            .join('\n'),
          when: {
            start: Temporal.Instant.fromEpochMilliseconds(row.startsAt.getTime()),
            end: Temporal.Instant.fromEpochMilliseconds(row.endsAt.getTime()),
          },
          alarms: [60, 24 * 60],
          sequence: row.revision,
          cancelled: row.state === 'cancelled',
          ...(row.joinUrl && { url: row.joinUrl }),
        },
      ],
      clock.now(),
    );
    return { status: 200, mediaType: 'text/calendar', body };
  },
  refuse: supplierPage.refuse,
};
