import { type GuideDocument, guide, withFacts } from '../../../../core/guide/index.ts';

export interface Kept {
  readonly title: string;
  /** The last day that they are kept. */
  readonly until: Temporal.PlainDate;
  /** When they go to the broker. */
  readonly sent: string;
}

/** When a document goes to the broker. */
function sentWhen({ sent, after, note }: GuideDocument): string {
  switch (sent) {
    case 'request':
      return note ? `Sur demande ; ${note}` : 'Sur demande';
    case 'copy':
      return withFacts(`Dans les {{copyDays|chiffres}} suivant ${after}`);
    case 'atOnce':
      return 'Aussitôt la résiliation effective';
  }
}

const titleOf = ({ name, examples }: GuideDocument): string => (examples ? `${name} : ${examples}` : name);

/** Each kind of document of a contract, and until when it is kept (guide 4.12). */
export const retentionOf = (endsOn: Temporal.PlainDate, rcti: boolean): Kept[] =>
  guide()
    .documents.filter(({ rctiOnly }) => rcti || !rctiOnly)
    .map((document) => ({
      title: titleOf(document),
      until: document.kept === 'after' ? endsOn.add({ years: guide().rules.keptYears.value }) : endsOn,
      sent: sentWhen(document),
    }));
