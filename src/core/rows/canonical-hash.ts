import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 of the canonical JSON (RFC 8785) of something, in hexadecimal: the same however its keys are ordered. */
export const canonicalHash = (what: unknown): string =>
  createHash('sha256')
    .update(canonicalize(what) ?? '')
    .digest('hex');
