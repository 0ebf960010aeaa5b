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

/** A whole number of at most fifteen digits, with or without spaces between them; undefined for anything else. */
export function wholeOf(text: string): number | undefined {
  const digits = latinDigits(text).replace(/\s/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}
