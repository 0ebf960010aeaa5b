import { z } from 'zod';
import { Id } from '../../core/id.ts';

const NAME_SENTENCE = "Écrivez le nom de l'organisation, en 3 à 120 caractères.";

export const Nothing = z.strictObject({});
export const Page = z.strictObject({ page: z.int().min(1).max(10_000) });

/** The choice of a known body, or a name that is typed; the typed one wins. */
export const Declaration = z
  .strictObject({
    known: z.string().max(120).optional(),
    other: z.string().max(120, NAME_SENTENCE).optional(),
  })
  .transform(({ known, other }) => (other?.trim() || known?.trim() || '').replace(/\s+/g, ' '))
  .pipe(
    z
      .string()
      .min(3, NAME_SENTENCE)
      .regex(/\p{L}{2}/u, NAME_SENTENCE),
  );

export const DecisionInput = z.strictObject({
  membership: Id,
  revision: z.int().min(1),
  decision: z.enum(['confirm', 'confirmTenant', 'refuse']),
  page: z.int().min(1).max(10_000),
});

export const Unmapping = z.strictObject({ tenant: z.string().min(1).max(100) });

export const RoleChange = z.strictObject({
  member: z.string({ error: 'Choisissez une personne.' }).min(1, 'Choisissez une personne.').max(100),
  role: z.enum(['client', 'staff', 'admin'], { error: 'Choisissez un rôle.' }),
});

export const MembershipJob = z.strictObject({ membership: Id });

/** Whose data a link gives. */
export const Subject = z.strictObject({ tenantId: z.string(), objectId: z.string() });
