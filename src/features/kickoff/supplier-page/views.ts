import type { PageAnswer } from '../../../core/routes/pages.ts';
import { type Html, html, htmlPage } from '../../../core/text/html.ts';
import { typeset } from '../../../core/text/text.ts';
import { agendaLink } from '../meeting/screens/agenda.ts';
import type { KickoffServices } from '../meeting/screens/services.ts';
import type { Kickoff, Slot } from '../tables.ts';
import { agendaItems, momentText, STATE_NAMES } from '../texts.ts';

const FOOTER = typeset(
  'Vous recevez cette page parce qu’un organisme public vous a choisi. Ne transmettez pas son adresse : qui la détient peut répondre en votre nom.',
);

const drawn = (status: PageAnswer['status'], title: string, content: Html): PageAnswer => ({
  status,
  mediaType: 'text/html',
  body: htmlPage(typeset(title), content, FOOTER),
});

const notice = (text: string): Html =>
  text === '' ? html`` : html`<p class="notice" role="status">${typeset(text)}</p>`;

/** The page of whoever may see nothing here: why, in a sentence. */
export const refusedPage = (sentence: string): PageAnswer =>
  drawn(404, 'Cette page n’est pas disponible', html`<p>${typeset(sentence)}</p>`);

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
export async function pageOf(
  kickoff: Kickoff,
  services: KickoffServices,
  word = '',
  status: PageAnswer['status'] = 200,
  typed?: string,
): Promise<PageAnswer> {
  const { kickoffs, timeZone } = services;
  const moment =
    kickoff.startsAt && kickoff.endsAt ? momentText(kickoff.startsAt, kickoff.endsAt, timeZone) : '';
  if (kickoff.state === 'proposed') {
    const slots = await kickoffs.slots(kickoff);
    return drawn(
      status,
      'Quand pouvez-vous être là ?',
      html`${notice(word)}${choosing(kickoff, slots, timeZone, typed ?? kickoff.remark)}`,
    );
  }
  const told = html`${notice(word)}${unsent(typed ?? '')}`;
  if (kickoff.state === 'booked') {
    const begun =
      kickoff.startsAt !== null && kickoff.startsAt.getTime() <= services.clock.now().epochMilliseconds;
    return drawn(
      status,
      'Votre rencontre de démarrage',
      html`${told}${booked(kickoff, moment, (await agendaLink(kickoff, undefined, services)).url, begun)}`,
    );
  }
  const mine = (await kickoffs.standing(kickoff)).find(({ waiting }) => waiting.includes('supplier'));
  if (kickoff.state === 'held' && mine)
    return drawn(
      status,
      `Étape ${mine.step.number} : ${mine.step.title}`,
      html`${told}${confirming(kickoff, mine.step.number, mine.step.tasks.supplier ?? '')}`,
    );
  return drawn(
    status,
    'Rien ne vous attend pour le moment',
    html`${told}<p>${typeset(`Où en est le dossier : « ${STATE_NAMES[kickoff.state]} ». Gardez cette adresse : elle vous dira quand ce sera à vous.`)}</p>`,
  );
}
