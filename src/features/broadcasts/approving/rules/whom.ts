import { count, ofName } from '../../../../core/text/text.ts';
import type { AudienceChoice } from '../../rules/audience.ts';

/** As many names as are read at once. */
const NAMED = 10;
/** Names as a sentence says them: some of them where they are many. */
export const inWords = (
  names: readonly string[],
  others: readonly [string, string] = ['autre', 'autres'],
): string =>
  names.length > NAMED
    ? `${names.slice(0, NAMED).join(', ')} et ${count(names.length - NAMED, ...others)}`
    : names.join(', ');

/** As a sentence. */
export const chosenText = (whom: string): string => `Destinataires choisis : ${whom}.`;

/** Whom a notice is for, in words: each group that was chosen, and the bodies by their names. */
export function whomInWords(
  choice: AudienceChoice,
  /** Whether it concerns something in particular. */
  concerns: boolean,
  bodies: readonly string[],
  /** How the lists are called. */
  lists: readonly string[] = [],
): string {
  const { subscribers, channels, acquisitions, contracts, organizations, installed, staffChannel } = choice;
  const groups = [
    ...(subscribers
      ? [concerns ? 'les abonnés à tout, ou à ce que l’avis concerne' : 'tous les abonnés au catalogue']
      : []),
    ...(installed ? ['toutes les personnes qui ont installé Courtier'] : []),
    ...(channels
      ? [`tous les canaux où Courtier est installé${staffChannel ? '' : ', sauf celui de l’équipe'}`]
      : []),
    ...(staffChannel ? ['le canal de l’équipe'] : []),
    ...(acquisitions
      ? [`les membres des dossiers d’acquisition ouverts${concerns ? ' que l’avis concerne' : ''}`]
      : []),
    ...(contracts
      ? [`les personnes qui suivent un contrat en cours${concerns ? ' que l’avis concerne' : ''}`]
      : []),
    ...(organizations.length > 0
      ? [
          `les membres confirmés ${ofName(inWords(bodies, ['autre organisme', 'autres organismes']) || 'certaines organisations')}`,
        ]
      : []),
    ...(lists.length > 0 ? [`les personnes de ${lists.join(', ')}`] : []),
  ];
  return groups.join(' ; ');
}
