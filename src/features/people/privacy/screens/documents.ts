import { type Clock, frenchDate, frenchDateTime } from '../../../../core/clock.ts';
import type { House } from '../../../../core/manifest.ts';
import type { Documents } from '../../../../core/ports/documents.ts';
import { type Download, WORD } from '../../../../core/routes/pages.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { actInWords } from '../../audit/rules/wording.ts';
import { Subject } from '../../screens/schema.ts';
import type { PeopleServices } from '../../services.ts';
import { readable } from '../rules/readable.ts';

interface DocumentServices extends Pick<PeopleServices, 'privacy' | 'people' | 'timeZone'> {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly house: House;
}

/** Whoever the link was made for: by their ids, and by their name where it is still known. */
async function ofLink(subject: unknown, { people }: DocumentServices) {
  const key = Subject.parse(subject);
  return { ...key, name: (await people.findPerson(key))?.name ?? '' };
}

/** All that is held about a person, for a machine. */
export async function dataFile(subject: unknown, services: DocumentServices): Promise<Download> {
  const person = await ofLink(subject, services);
  const { tenantId: locataire, objectId: identifiant } = person;
  const held = await services.privacy.held(person);
  return {
    fileName: 'mes-donnees-courtier.json',
    mediaType: 'application/json; charset=utf-8',
    body: JSON.stringify({ personne: { locataire, identifiant }, ...held }, null, 2),
  };
}

/** The acts of a journal in words. */
function inWords(value: unknown, house: House): unknown {
  if (typeof value !== 'object' || value === null || !('journal' in value) || !Array.isArray(value.journal))
    return value;
  const journal = value.journal.map((act: { readonly at: Date; readonly action: string }) => ({
    at: act.at,
    action: actInWords(act.action, house.trails()),
  }));
  return { ...value, journal };
}

/** All that is held of a person, for them: a document in French. */
export async function dataDocument(subject: unknown, services: DocumentServices): Promise<Download> {
  const { privacy, documents, clock, house, timeZone } = services;
  const person = await ofLink(subject, services);
  const held = await privacy.held(person);
  const parts = Object.fromEntries(
    Object.entries(held).map(([title, value]) => [title, inWords(value, house)]),
  );
  const today = `en date du ${frenchDate(brokerDate(clock.now()))}`;
  return {
    fileName: 'mes-donnees-courtier.docx',
    mediaType: WORD,
    body: await documents.text(
      readable(parts, person.name || person.objectId, today, (at) => frenchDateTime(at, timeZone)),
    ),
  };
}
