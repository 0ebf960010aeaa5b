import { notFound } from '../../../../core/errors.ts';
import type { House } from '../../../../core/manifest.ts';
import type { UnderWay } from '../../../../core/routes/waiting.ts';
import type { Turn } from '../../../../core/turn.ts';
import type { Belonging } from '../../../people/index.ts';
import type { AskedQuestion } from '../../answering/store/questions.ts';
import type { Message } from '../../screens/schema.ts';
import { type Along, NOTHING } from './escalation-opening.ts';
import type { Escalations } from './escalations.ts';
import type { Asked } from './own-requests.ts';

/** A form to the staff: about what, and what goes along with it. */
export interface RequestForm {
  /** The question that it is about, or the request that is made again. */
  readonly about: { readonly question: string } | { readonly again: string } | undefined;
  readonly message: string;
  readonly asked: Asked | undefined;
  readonly body: string | undefined;
  readonly underWay: UnderWay | undefined;
  readonly usualDelay: number | undefined;
}

export interface FormPorts {
  readonly belonging: Pick<Belonging, 'bodyOf'>;
  readonly house: Pick<House, 'findUnderWay' | 'latestUnderWay'>;
}

/** Of what was proposed, or was nearest. */
const PROPOSED = 3;

/** What was shown for a question, as it stands. */
export function askedOf({ text, root, outcome, entryId, alsoId, nearest }: AskedQuestion): Asked {
  const told = entryId === null ? (outcome === 'choice' ? 'choice' : 'none') : 'answer';
  return {
    question: text,
    follows: root,
    outcome: told,
    shown: entryId === null ? nearest.slice(0, PROPOSED) : [entryId, ...(alsoId === null ? [] : [alsoId])],
  };
}

/** What a form to the staff holds, and what of it goes with the message: never more than it said. */
export function buildRequestForm({ belonging, house }: FormPorts, escalations: Escalations) {
  return {
    /** In a place where others read, neither a file nor the name of a body. */
    async fill(
      { person, conversation }: Turn,
      { about, message, asked }: Pick<RequestForm, 'about' | 'message' | 'asked'>,
    ): Promise<RequestForm> {
      const body = await belonging.bodyOf(person);
      return {
        about,
        message,
        asked,
        body: body?.name,
        underWay: conversation.kind === 'personal' ? await house.latestUnderWay(person) : undefined,
        usualDelay: await escalations.usualDelay(),
      };
    },

    /** What goes along with a message: of a form that said nothing, nothing. `findQuestion` finds one of theirs. */
    async alongWith(
      turn: Turn,
      { question: id, again, told, file, withFile }: Message,
      findQuestion: (id: string, turn: Turn) => Promise<AskedQuestion | undefined>,
    ): Promise<Along> {
      const question = id === undefined ? undefined : await findQuestion(id, turn);
      if (id !== undefined && !question) throw notFound();
      const former = again === undefined ? undefined : await escalations.getRequest(turn, again);
      const asked = question ? askedOf(question) : former?.asked;
      if (!told) return NOTHING;
      const wanted = withFile && turn.conversation.kind === 'personal' ? file : undefined;
      const underWay = wanted === undefined ? undefined : await house.findUnderWay(turn.person, wanted);
      return {
        ...NOTHING,
        ...asked,
        fileId: underWay?.id ?? null,
        withBody: true,
      };
    },
  };
}
