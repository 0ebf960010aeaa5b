/** Seconds that a `Retry-After` header asks to wait, in either of its forms; undefined when it says nothing. */
export function retryAfterSeconds(header: string | null | undefined, now = Date.now()): number | undefined {
  const value = header?.trim() ?? '';
  const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1_000;
  return seconds > 0 ? seconds : undefined;
}
