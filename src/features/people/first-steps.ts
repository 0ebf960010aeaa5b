import type { FirstStanding, FirstStepRoute } from '../../core/cards/first-steps.ts';
import { within } from '../../core/process/within.ts';
import { count } from '../../core/text/text.ts';
import type { Organizations } from './organizations/store/organizations.ts';
import type { People } from './roster/store/people.ts';
import type { Reached, StaffChannel } from './roster/store/staff-channel.ts';
import type { Tenants } from './tenants/store.ts';

interface Services {
  readonly people: Pick<People, 'staffNow' | 'adminsNow'>;
  readonly staffChannel: Pick<StaffChannel, 'reach'>;
  readonly tenants: Pick<Tenants, 'consents'>;
  readonly organizations: Pick<Organizations, 'bodiesPage'>;
}

/** A channel that does not answer by then is not known. */
const PATIENCE_MS = 3_000;

const CHANNEL: Readonly<Record<Reached, FirstStanding>> = {
  answers: { stands: 'done', found: 'Le canal désigné répond.' },
  lost: { stands: 'todo', found: 'Le canal désigné ne répond plus : l’assistant n’y est plus installé.' },
  unknown: { stands: 'todo', found: 'Le canal est désigné, mais Teams ne répond pas pour le moment.' },
  none: { stands: 'todo', found: 'Aucun canal n’est désigné.' },
};

async function teamStands({ people }: Services): Promise<FirstStanding> {
  const [staff, admins] = [await people.staffNow(), await people.adminsNow()];
  const found = `${count(staff.length, 'personne', 'personnes')}, dont ${admins.length} à l’administration.`;
  return { stands: staff.length > 1 ? 'done' : 'todo', found };
}

async function tenantsStand({ tenants }: Services): Promise<FirstStanding> {
  const { served, given, asked } = await tenants.consents();
  if (served === 0 || !asked)
    return {
      stands: 'aside',
      found: 'Sans objet : l’assistant n’est installé par l’équipe dans aucun locataire.',
    };
  return {
    stands: given === served ? 'done' : 'todo',
    found: `${count(given, 'consentement constaté', 'consentements constatés')} sur ${count(served, 'locataire servi', 'locataires servis')}.`,
  };
}

/** What a new office puts in place of its people: who answers, where, and for whom. */
export const firstSteps: readonly FirstStepRoute<Services>[] = [
  {
    rank: 1,
    title: 'Former l’équipe',
    how: 'Donnez un rôle à chaque collègue : à deux, personne ne reste sans réponse quand l’un s’absente.',
    ask: 'équipe',
    stands: (_person, services) => teamStands(services),
  },
  {
    rank: 2,
    title: 'Désigner le canal de l’équipe',
    how: 'Installez l’assistant dans l’équipe Teams du bureau, puis écrivez-y « @Courtier désigner ce canal ». Ce qui attend y sera annoncé.',
    ask: 'désigner ce canal',
    stands: async (_person, { staffChannel }) =>
      CHANNEL[await within(PATIENCE_MS, () => staffChannel.reach()).catch(() => 'unknown' as const)],
  },
  {
    rank: 3,
    title: 'Ouvrir l’accès aux organismes',
    how: 'Vérifiez le consentement de chaque locataire servi.',
    ask: 'locataires',
    stands: (_person, services) => tenantsStand(services),
  },
  {
    rank: 4,
    title: 'Importer le registre des organismes',
    how: 'Déposez ici un fichier CSV ou Excel de vos organismes : chacun s’y reconnaîtra au lieu d’écrire son nom à sa façon.',
    ask: 'importer un registre',
    async stands(_person, { organizations }) {
      const { total } = await organizations.bodiesPage('', 1);
      return {
        stands: total > 0 ? 'done' : 'todo',
        found:
          total > 0 ? `${count(total, 'organisme connu', 'organismes connus')}.` : 'Aucun organisme connu.',
      };
    },
  },
];
