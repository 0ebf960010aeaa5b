import { z } from 'zod';
import { frenchDate } from '../../../core/clock.ts';
import { Id } from '../../../core/id.ts';
import type { Log } from '../../../core/ports/log.ts';
import { job } from '../../../core/routes/jobs.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import type { KickoffServices } from '../meeting/screens/services.ts';
import { linkOf } from '../meeting/screens/supplier-link.ts';
import { letterOf } from './letter.ts';

type MailServices = Pick<KickoffServices, 'kickoffs' | 'mailbox' | 'pageLinks' | 'settings' | 'timeZone'> & {
  readonly log: Log;
};

/** Sends an e-mail from the broker's mailbox, at most once: what may have left is listed, and not sent again. */
export const sendMail = job(
  'kickoff.mail',
  z.strictObject({ mail: Id }),
  async ({ mail }, services: MailServices) => {
    const { kickoffs, mailbox, log } = services;
    const claimed = await kickoffs.claimMail(mail);
    if (!claimed) return;
    if (!mailbox) return kickoffs.settleMail(mail, 'failed');
    const link = await linkOf(claimed.kickoff, services);
    const letter = letterOf(claimed.kickoff, link.url, frenchDate(brokerDate(link.until)));
    try {
      const outcome = await mailbox.send(letter);
      await kickoffs.settleMail(mail, outcome === 'sent' ? 'sent' : 'failed');
    } catch (error) {
      log.warn({ err: error, mail }, 'mail not confirmed');
      await kickoffs.settleMail(mail, 'unknown');
    }
  },
);
