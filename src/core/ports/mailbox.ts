/** An e-mail in plain text. */
export interface Mail {
  readonly to: { readonly name: string; readonly email: string };
  readonly subject: string;
  /** Paragraphs. */
  readonly body: readonly string[];
}

/** The mailbox from which the broker writes. */
export interface Mailbox {
  /** `refused`: it was not sent, and would not be. Throws where nobody knows whether it was. */
  send(mail: Mail): Promise<'sent' | 'refused'>;
}
