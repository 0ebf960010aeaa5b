import { z } from 'zod';

// An archive is lines of JSON, compressed: its head, then for each table its head and its rows, then its end, which says
// how many rows there are and the fingerprint of all that precedes.

/** The first line. A file of another format, or of another schema, is not read. */
export const Head = z.strictObject({
  courtier: z.literal('archive'),
  format: z.literal(1),
  /** The newest migration of the database. */
  schema: z.number(),
  /** Epoch milliseconds: as of when the rows are. */
  at: z.number(),
});
export type Head = z.infer<typeof Head>;

export const TableHead = z.strictObject({ table: z.string(), columns: z.array(z.string()) });

/** Where each sequence stands. */
export const Sequences = z.strictObject({
  sequences: z.array(z.strictObject({ name: z.string(), value: z.string() })),
});

export const End = z.strictObject({
  end: z.literal(true),
  rows: z.record(z.string(), z.number()),
  sha256: z.string(),
});
