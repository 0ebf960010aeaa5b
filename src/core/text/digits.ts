let values: ReadonlyMap<string, string> | undefined;

/** The digits of every script that has ten of them, with what each is worth; gathered for the first that is met. */
const latinOf = (digit: string): string => {
  values ??= new Map(
    Intl.supportedValuesOf('numberingSystem').flatMap((system) => {
      const { format } = new Intl.NumberFormat(`en-u-nu-${system}`);
      return Array.from({ length: 10 }, (_, value) => [format(value), String(value)] as const);
    }),
  );
  return values.get(digit) ?? digit;
};

/** The same text with the digits 0 to 9 in place of another script's: « 2026 » from « ٢٠٢٦ » or « ２０２６ ». */
export const latinDigits = (text: string): string => text.replace(/(?![0-9])\p{Nd}/gu, latinOf);

/**
 * A whole number of at most fifteen digits, with or without spaces between its thousands, or with decimals that are all
 * zero, as some clients send it: « 1 500 », « 100.0 ». Undefined for anything else.
 */
export function wholeOf(text: string): number | undefined {
  const said = latinDigits(text)
    .trim()
    .replace(/[.,]0{1,2}$/, '');
  return /^(?:\d{1,15}|\d{1,3}(?:\s\d{3}){1,4})$/.test(said) ? Number(said.replace(/\s/g, '')) : undefined;
}
