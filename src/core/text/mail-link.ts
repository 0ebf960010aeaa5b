/** The address that opens an e-mail in somebody's own mail, with its subject and its text, ready to be sent. */
export const mailLink = (
  to: string,
  { subject, body = '' }: { readonly subject: string; readonly body?: string | undefined },
): string =>
  `mailto:${encodeURIComponent(to).replaceAll('%40', '@')}?subject=${encodeURIComponent(subject)}${
    body === '' ? '' : `&body=${encodeURIComponent(body)}`
  }`;
