/** A file to keep. */
export interface MadeDownload {
  readonly fileName: string;
  readonly mediaType: string;
  readonly body: string | Uint8Array;
}

/** A file to keep, of which the body may be made last, for as long as whoever asked for it is not gone. */
export interface Download extends Omit<MadeDownload, 'body'> {
  readonly body: MadeDownload['body'] | ((gone?: AbortSignal) => Promise<Uint8Array>);
}

/** A file behind a short-lived link. */
export interface DownloadRoute<S> {
  readonly kind: string;
  readonly handle: (subject: unknown, services: S) => Promise<Download>;
}

/** The media type of an .xlsx workbook. */
export const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The media type of a .docx document. */
export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What a page, a feed or a document answers. */
export interface PageAnswer {
  readonly status: 200 | 403 | 404 | 409 | 422;
  readonly mediaType: 'text/html' | 'text/calendar' | typeof WORD;
  readonly body: string | Uint8Array;
  /** For a file to keep. */
  readonly fileName?: string;
}

/** A page for somebody without an account, or a feed for a calendar, behind a numbered link. */
export interface PageRoute<S> {
  /** The kind of link that leads there. */
  readonly kind: string;
  /** What such links are, for the staff who list them: « Page du fournisseur ». */
  readonly title: string;
  /** What follows their secret in an address, for programs that want an extension. */
  readonly suffix?: string;
  /** Who loses what when one is revoked: a sentence. */
  readonly loses: string;
  /** Where to ask for another: a sentence for whoever holds one that leads nowhere, whatever it was for. */
  readonly again: string;
  /** What one is about, and for whom, for the staff. Throws `notFound` when it leads nowhere any more. */
  readonly about: (subject: unknown, services: S) => Promise<string>;
  /**
   * What a link of the release before is for, as one of today would say it; undefined when it holds no more. The same
   * as it was, where there is none. A later release drops it.
   */
  readonly former?: (subject: unknown, services: S) => Promise<object | undefined>;
  /** The fields of its forms in which people write: their words are given back to whoever sends them too late. */
  readonly words?: readonly string[];
  /** `form` is what was submitted; undefined when the page is only looked at. */
  readonly handle: (subject: unknown, form: URLSearchParams | undefined, services: S) => Promise<PageAnswer>;
  /** What a refusal looks like there, when it is not a page with one sentence. */
  readonly refuse?: (sentence: string) => PageAnswer;
}

/** Pages for everybody, of what is nobody's: by what their address names. */
export interface ReadingRoute<S> {
  /** `place` is '' for the first one. Throws `notFound` where there is none. */
  readonly handle: (place: string, services: S) => PageAnswer;
}
