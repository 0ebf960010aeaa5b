import type { Card } from '../../../../core/card.ts';
import { type Draw, draws, redraws, showBeside } from '../../../../core/cards/redraw.ts';
import { action, counted, creating } from '../../../../core/routes/turns.ts';
import type { MessageTurn, Turn } from '../../../../core/turn.ts';
import type { KnowledgeServices } from '../../answering/screens/actions.ts';
import { Complement, Escalation, Insisted, RequestsPage } from '../../screens/schema.ts';
import * as texts from '../../texts.ts';
import type { Request } from '../store/own-requests.ts';
import { requestCard, requestsCard } from './request-cards.ts';

/** A request of somebody as it stands; in a place where others read, without what the staff answered. */
export async function requestCardOf(
  { person, conversation }: Turn,
  request: Request,
  { knowledge: { escalations }, timeZone }: KnowledgeServices,
  notice = '',
): Promise<Card> {
  return requestCard(request, {
    added: await escalations.addedBy(person, request.escalation.id),
    delay: await escalations.usualDelay(),
    personal: conversation.kind === 'personal',
    timeZone,
    notice,
  });
}

const drawRequest: Draw<KnowledgeServices, Escalation> = async (turn, { escalation }, services, notice) =>
  requestCardOf(turn, await services.knowledge.escalations.getRequest(turn, escalation), services, notice);

async function drawRequests(
  { person, conversation }: Turn,
  { show, page }: RequestsPage,
  { knowledge: { escalations }, timeZone, house }: KnowledgeServices,
): Promise<Card> {
  const list = await escalations.requestsPage(person, show, page);
  // Where others read, only the questions that they saw asked are listed.
  const sent = conversation.kind === 'personal' ? await house.requests(person) : [];
  return requestsCard(show, page, { ...list, sent }, { delay: await escalations.usualDelay(), timeZone });
}

/** `mes demandes`: what somebody asked of the staff, wherever they did. */
export async function listRequests(turn: MessageTurn, services: KnowledgeServices): Promise<void> {
  await turn.reply(await drawRequests(turn, { show: 'waiting', page: 1 }, services));
}

export const requests = action('knowledge.requests', RequestsPage, draws(drawRequests));

export const request = action('knowledge.request', Escalation, draws(drawRequest));

/** Whoever asked waits for the answer no more. */
export const cancel = action(
  'knowledge.cancel',
  Escalation,
  redraws(
    async (turn, { escalation }, { knowledge: { escalations } }: KnowledgeServices) => {
      await escalations.getRequest(turn, escalation);
      return escalations.cancelAs(turn, escalation);
    },
    drawRequest,
    (outcome) => (outcome === 'late' ? texts.tooLateToCancel : ''),
  ),
);

export const complement = creating(
  'knowledge.complement',
  {
    noun: ['précision ajoutée', 'précisions ajoutées'],
    person: 20,
    body: 150,
    tenant: 3_000,
    why: 'Two for each question that is handed over: more is another question.',
  },
  Complement,
  redraws(
    (turn, input, { knowledge }: KnowledgeServices) =>
      knowledge.escalations.complementAs(turn, input.escalation, input.complement),
    drawRequest,
    (outcome, { complement: text }) => (outcome === 'late' ? texts.tooLateToAdd(text) : texts.added),
  ),
);

/** An asker whom the staff's answer did not help: what they read of it stays. */
export const insist = counted(
  {
    noun: ['question rouverte', 'questions rouvertes'],
    person: 20,
    body: 150,
    tenant: 3_000,
    why: 'Fewer than are handed over: an answer that does not help is asked about once or twice.',
  },
  action('knowledge.insist', Insisted, async (turn, { escalation, beside }, services: KnowledgeServices) => {
    const { escalations } = services.knowledge;
    await escalations.getRequest(turn, escalation);
    await escalations.reopenAs(turn.person, escalation);
    await showBeside(
      turn,
      await drawRequest(turn, { escalation }, services, texts.reopened, undefined),
      beside,
    );
  }),
);
