import type { Mail, Mailbox } from '../../core/ports/mailbox.ts';
import { type Graph, GraphError } from './client.ts';

/** Graph has the request and did not take it: nothing left. */
const REFUSED = (status: number): boolean =>
  (status >= 400 && status < 500 && status !== 408) || status === 503;

/**
 * The broker's mailbox in Microsoft Graph: what is sent is kept among the sent items. Needs the application permission
 * Mail.Send, which the organization should limit to that mailbox.
 */
export const buildGraphMailbox = (graph: Graph, mailbox: string): Mailbox => ({
  async send({ to, subject, body }: Mail) {
    try {
      await graph.request('POST', `/users/${encodeURIComponent(mailbox)}/sendMail`, {
        body: {
          message: {
            subject,
            body: { contentType: 'text', content: body.join('\n\n') },
            toRecipients: [{ emailAddress: { name: to.name || to.email, address: to.email } }],
          },
          saveToSentItems: true,
        },
        // It would be sent twice.
        repeatable: false,
      });
      return 'sent';
    } catch (error) {
      if (error instanceof GraphError && REFUSED(error.status)) return 'refused';
      throw error;
    }
  },
});
