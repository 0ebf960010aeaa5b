import { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import { unlessStale } from '../../../core/cards/forgiving.ts';
import { day } from '../../../core/cards/form.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { pageAt, pagingRow } from '../../../core/cards/paging.ts';
import { warnsFirst } from '../../../core/cards/warning-first.ts';
import { frenchDate, frenchDateTime } from '../../../core/clock.ts';
import { notFound } from '../../../core/errors.ts';
import { Id } from '../../../core/id.ts';
import { action, creating } from '../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';
import { STALE } from '../meeting/screens/parts.ts';
import * as schema from '../meeting/screens/schema.ts';
import type { KickoffServices } from '../meeting/screens/services.ts';
import type { Kickoff, MailNote } from '../tables.ts';
import { MAIL_ADVICE, MAIL_NOTE_NAMES, MAIL_STATE_NAMES } from './rules.ts';

const LINES = 6;
const DATE = 'Choisissez la date du courriel.';
const WORDS = 'Ce texte compte au plus 1 000 caractères.';
const Mails = z.object({ kickoff: Id, page: z.int().min(1).max(10_000).default(1) });
const Note = schema.Reference.extend({
  kind: z.enum(['replied', 'refused']),
  on: day(DATE),
  words: z.string(WORDS).trim().max(1_000, WORDS).default(''),
});
const Address = schema.Seen.extend({
  contactName: schema.Details.shape.contactName,
  contactEmail: schema.Details.shape.contactEmail,
});

const noteView = (note: MailNote, timeZone: string) => {
  const { state } = note;
  const words = (state && MAIL_ADVICE[state]) ?? note.words;
  const what = state ? MAIL_STATE_NAMES[state] : MAIL_NOTE_NAMES[note.kind];
  return {
    what: `${what} le ${frenchDate(Temporal.PlainDate.from(note.on))}`,
    address: escapeMarkdown(note.address),
    words: escapeMarkdown(words),
    said: words !== '',
    by: escapeMarkdown(
      `${state ? 'Demandé' : 'Noté'} par ${note.name}, le ${frenchDateTime(note.at, timeZone)}`,
    ),
  };
};

/** The e-mails to the supplier of a meeting: to whom, and what was noted of them. */
async function mailsCard(
  kickoff: Kickoff,
  { kickoffs, timeZone }: Pick<KickoffServices, 'kickoffs' | 'timeZone'>,
  wanted = 1,
  notice = '',
): Promise<Card> {
  const { rows, page, total } = await kickoffs.mailNotesPage(kickoff, wanted, LINES);
  const refused = await kickoffs.refusalOf(kickoff);
  const { contactName, contactEmail } = kickoff.details;
  const live = kickoff.state !== 'cancelled' && kickoff.state !== 'signed';
  return {
    template: 'kickoff/mails',
    summary: `Courriels à ${kickoff.supplierName} : ${count(total, 'noté')}.`,
    view: {
      kickoff: kickoff.id,
      revision: kickoff.revision,
      heading: escapeMarkdown(`Rencontre nº ${kickoff.number} · ${kickoff.supplierName}`),
      ...noticeView(notice),
      to: escapeMarkdown([contactName, contactEmail].filter(Boolean).join(', ')),
      refused: refused !== undefined,
      contactName,
      contactEmail,
      today: kickoffs.today().toString(),
      live,
      writable: live && refused === undefined,
      correctable: live,
      empty: total === 0,
      notes: rows.map((note) => noteView(note, timeZone)),
      ...pagingRow(pageAt(rows, page, total, LINES), 'courriels notés'),
    },
  };
}

export const mailsOf = async (id: string, services: KickoffServices, notice = '') =>
  mailsCard(await services.kickoffs.findKickoff(id), services, 1, notice);

export const showMails = action(
  'kickoff.mails',
  Mails,
  async (turn, { kickoff, page }, services: KickoffServices) =>
    turn.update(await mailsCard(await services.kickoffs.findKickoff(kickoff), services, page)),
  'staff',
);

/** What a colleague follows is asked about first; nothing that was typed is lost. */
const askedFirst = warnsFirst(
  schema.Reference,
  ({ kickoff }) => ({ kind: 'meeting', id: kickoff }),
  (_turn, { kickoff }, services: KickoffServices) => mailsOf(kickoff, services),
);

export const noteMail = askedFirst(
  creating(
    'kickoff.noteMail',
    {
      noun: ['courriel noté', 'courriels notés'],
      person: 200,
      body: 500,
      tenant: 1_000,
      why: 'A supplier answers some times, and the staff follow some dozens of them.',
    },
    Note,
    async (turn, { kickoff, kind, on, words }, services: KickoffServices) => {
      const row = await services.kickoffs.noteMail(turn.person, kickoff, { kind, on, words }, turn.effect);
      const word =
        kind === 'refused'
          ? 'C’est noté. Corrigez l’adresse : jusque-là, elle est dans « à traiter ».'
          : 'C’est noté.';
      turn.update(await mailsCard(row, services, 1, word));
    },
    'staff',
  ),
);

/** What was corrected of whom to write to, in a sentence. */
const CORRECTED = {
  address: 'L’adresse est corrigée. Préparez le courriel.',
  name: 'Le nom est corrigé. L’adresse reste la même.',
  nothing: 'C’est déjà ce qui est noté : rien n’est changé.',
};

export const correctAddress = askedFirst(
  creating(
    'kickoff.correctAddress',
    { uncounted: 'It replaces the one that is there.' },
    Address,
    async (turn, { kickoff, revision, contactName, contactEmail }, services: KickoffServices) => {
      const contact = { contactName, contactEmail };
      const outcome = await services.kickoffs.correctAddress(
        turn.person,
        kickoff,
        revision,
        contact,
        turn.effect,
      );
      unlessStale(outcome, STALE);
      turn.update(await mailsCard(outcome.kickoff, services, 1, CORRECTED[outcome.changed ?? 'nothing']));
    },
    'staff',
  ),
);

const OTHER = 'L’adresse a changé depuis. Voici celle d’aujourd’hui : préparez le courriel de nouveau.';

/** Has the e-mail with the link sent from the broker's mailbox, to the address that the card shows. */
export const sendMail = askedFirst(
  creating(
    'kickoff.sendMail',
    {
      noun: ['courriel à un fournisseur', 'courriels à des fournisseurs'],
      person: 100,
      body: 300,
      tenant: 600,
      why: 'One a meeting and a reminder, of some dozens that the staff follow.',
    },
    schema.Reference.extend({ address: z.string().max(200) }),
    async (turn, { kickoff, address }, services: KickoffServices) => {
      if (!services.mailbox) throw notFound();
      const asked = await services.kickoffs.askMail(turn.person, kickoff, address, turn.effect);
      const word = asked === 'stale' ? OTHER : 'L’envoi est demandé. « Actualiser » dit s’il est fait.';
      turn.update(await mailsOf(kickoff, services, word));
    },
    'staff',
  ),
);
