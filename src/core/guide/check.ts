import { missingFacts } from './facts.ts';
import { FILES, type Guide, type GuideProblem } from './schema.ts';

const UNITS: Readonly<Record<keyof Guide['rules'], Guide['rules']['copyDays']['unit']>> = {
  priceDay: 'rang',
  trialDays: 'jour',
  trialUnits: 'unité',
  answerDays: 'jour ouvrable',
  contractYears: 'an',
  copyDays: 'jour ouvrable',
  keptYears: 'an',
};

/** What each file may say alone, and not with the others. */
export function contradictions(guide: Guide): GuideProblem[] {
  const problems: GuideProblem[] = [];
  const refuse = (name: keyof Guide, sentence: string) =>
    void problems.push({ file: FILES[name].file, sentence });
  checkEdition(guide, refuse);
  checkQuarters(guide, refuse);
  for (const [id, { unit }] of Object.entries(guide.rules)) {
    const wanted = UNITS[id as keyof typeof UNITS];
    if (unit !== wanted) refuse('rules', `« ${id} » se compte en « ${wanted} », pas en « ${unit} ».`);
  }
  const seen = new Set<string>();
  for (const { id, sent, after } of guide.documents) {
    if (seen.has(id)) refuse('documents', `« ${id} » est là deux fois.`);
    seen.add(id);
    if ((sent === 'copy') !== (after !== undefined))
      refuse('documents', `« ${id} » : « after » accompagne « sent: copy », et lui seul.`);
  }
  guide.steps.forEach(({ tasks }, n) => {
    if (Object.keys(tasks).length === 0) refuse('steps', `L'étape ${n + 1} ne demande rien à personne.`);
  });
  if (problems.length > 0) return problems;
  for (const name of Object.keys(FILES) as (keyof Guide)[])
    for (const key of missingFacts(JSON.stringify(guide[name]), guide))
      refuse(name, `« {{${key}}} » ne désigne rien dans le guide.`);
  return problems;
}

type Refuse = (name: keyof Guide, sentence: string) => void;

function checkEdition({ edition: { date, history } }: Guide, refuse: Refuse): void {
  const dates = history.map((each) => each.date);
  if (dates.some((each, n) => n > 0 && each <= (dates[n - 1] ?? '')))
    refuse('edition', "L'historique va de la plus ancienne modification à la plus récente.");
  if (dates.at(-1) !== date)
    refuse(
      'edition',
      `L'édition est du ${date}, et la dernière modification de l'historique du ${dates.at(-1)}.`,
    );
}

/** The periods make the year, without a gap or an overlap. */
function checkQuarters({ quarters }: Guide, refuse: Refuse): void {
  const day = (text: string): Temporal.PlainDate | undefined => {
    try {
      return Temporal.PlainDate.from(`2027-${text}`, { overflow: 'reject' });
    } catch {
      refuse('quarters', `« ${text} » n'est pas un jour de l'année.`);
      return undefined;
    }
  };
  quarters.forEach(({ to }, n) => {
    const next = quarters[(n + 1) % quarters.length];
    const [end, start] = [day(to), day(next?.from ?? '')];
    if (!end || !start) return;
    const { month, day: first } = end.add({ days: 1 });
    if (month !== start.month || first !== start.day)
      refuse(
        'quarters',
        `La période qui suit celle du ${to} commence le lendemain, et non le ${next?.from}.`,
      );
  });
  const days = quarters.reduce((sum, { from, to }) => {
    const [start, end] = [day(from), day(to)];
    return start && end ? sum + start.until(end).days + 1 : sum;
  }, 0);
  if (days !== 365) refuse('quarters', 'Ensemble, les périodes ne font pas une année.');
}
