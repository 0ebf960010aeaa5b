import type { Feature } from '../feature.ts';
import type { ActionRoute, MessageRoute } from '../routes/turns.ts';
import type { Conversation, ConversationKind } from '../turn.ts';

const NAMES: Record<ConversationKind, string> = {
  personal: 'dans notre conversation personnelle',
  group: 'dans une conversation de groupe',
  channel: "dans un canal d'équipe",
};
const STAFF_ROOM = 'dans le canal de l’équipe du Courtier';

type Command = Pick<MessageRoute<never>, 'command' | 'scopes' | 'role'>;
type Button = Pick<ActionRoute<never>, 'verb' | 'role'>;

/** Where the staff may see what clients wrote, besides their own chat with the assistant. */
export interface StaffRoom {
  isStaffRoom(conversation: Conversation): Promise<boolean>;
}

/** Whether a feature lets everybody around see what a command or a button of its own shows. */
const isOpen = ({ anywhere }: Pick<Feature<never>, 'anywhere'>, name: string, role: string): boolean =>
  typeof anywhere === 'string' ? role === 'client' : anywhere !== undefined && Object.hasOwn(anywhere, name);

/** The commands and the buttons that may be used wherever the assistant is, as the manifests say. */
export const openNames = (
  features: readonly (Pick<Feature<never>, 'anywhere'> & {
    readonly messages: readonly Command[];
    readonly actions: readonly Button[];
  })[],
): ReadonlySet<string> =>
  new Set(
    features.flatMap((feature) =>
      [
        ...feature.messages.map(({ command, role }) => ({ name: command, role })),
        ...feature.actions.map(({ verb, role }) => ({ name: verb, role })),
      ]
        .filter(({ name, role }) => isOpen(feature, name, role))
        .map(({ name }) => name),
    ),
  );

/**
 * Where what concerns somebody is shown: to them, in their chat with the assistant; what is the staff's, in their channel
 * too. Everything else is named in a manifest, with the reason. A sentence says where to go instead.
 */
export function buildPlaces(open: ReadonlySet<string>, { isStaffRoom }: StaffRoom) {
  const isFor = async (name: string, role: string, conversation: Conversation): Promise<boolean> =>
    conversation.kind === 'personal' ||
    open.has(name) ||
    (role !== 'client' && (await isStaffRoom(conversation)));

  return {
    /** Why a command is not answered there; undefined where it is. Those of clients say their places themselves. */
    async commandElsewhere(route: Command, conversation: Conversation): Promise<string | undefined> {
      const { command, role, scopes } = route;
      const closed = role !== 'client' && !open.has(command);
      if (scopes.includes(conversation.kind) && (!closed || (await isFor(command, role, conversation))))
        return undefined;
      const places = scopes.map((scope) => (closed && scope !== 'personal' ? STAFF_ROOM : NAMES[scope]));
      return `La commande « ${command} » s'utilise ${[...new Set(places)].join(' ou ')}.`;
    },

    /** Why a button is not obeyed there; undefined where it is. */
    async buttonElsewhere({ verb, role }: Button, conversation: Conversation): Promise<string | undefined> {
      if (await isFor(verb, role, conversation)) return undefined;
      const places = role === 'client' ? [NAMES.personal] : [NAMES.personal, STAFF_ROOM];
      return `Ce bouton s'utilise ${places.join(' ou ')} : rien n'est montré ni changé ici.`;
    },
  };
}
