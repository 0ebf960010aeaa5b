import { withFacts } from '../core/guide/index.ts';
import type { House } from '../core/manifest.ts';
import type { PageAnswer } from '../core/routes/pages.ts';
import { html, htmlPage } from '../core/text/html.ts';
import { typeset } from '../core/text/text.ts';

/** So much of what somebody wrote is given back. */
const LONGEST_WORDS = 2_000;

/**
 * What whoever holds an address that leads nowhere is told: one and the same, be it former, mistyped or forged. What
 * they were writing when their link ended is given back to them.
 */
export function formerLink(pages: ReturnType<House['pages']>, form: URLSearchParams | undefined): PageAnswer {
  const written = [...new Set(pages.flatMap(({ words = [] }) => words))].flatMap((field) =>
    (form?.getAll(field) ?? []).filter((text) => text.trim() !== ''),
  );
  const kept = written.map(
    (text) =>
      html`<textarea readonly aria-label="Ce que vous aviez écrit">${text.slice(0, LONGEST_WORDS)}</textarea>`,
  );
  const content = html`<p>Il a été remplacé, son temps est passé, ou son adresse n’est pas complète. Vérifiez d’abord que vous l’avez copiée en entier.</p>
${form ? html`<p class="notice" role="status">Ce que vous venez d’envoyer n’a pas été enregistré.${written.length > 0 ? html` Vos mots sont ci-dessous : gardez-en une copie.` : html``}</p>` : html``}
${kept}
<h2>Quoi faire</h2>
<ul>${[...new Set(pages.map(({ again }) => again))].map((again) => html`<li>${typeset(again)}</li>`)}</ul>
<p>${typeset(withFacts('Pour toute question, écrivez au Courtier en infonuagique : {{courtier|courriel}}.'))}</p>`;
  return {
    status: 404,
    mediaType: 'text/html',
    body: htmlPage(typeset('Ce lien ne mène plus à rien'), content),
  };
}
