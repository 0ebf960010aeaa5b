import { z } from 'zod';
import { revision } from '../../../core/form.ts';
import { Id } from '../../../core/id.ts';

const NAME_SENTENCE = "Écrivez le nom de l'organisation, en 3 à 120 caractères.";

export const Nothing = z.object({});
export const Page = z.object({ page: z.int().min(1).max(10_000) });

/** The choice of a known body, or a name that is typed; the typed one wins. */
export const Declaration = z
  .object({
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

export const DecisionInput = z.object({
  membership: Id,
  revision: revision(),
  decision: z.enum(['confirm', 'confirmTenant', 'refuse']),
  page: z.int().min(1).max(10_000),
});

export const Unmapping = z.object({ tenant: z.string().min(1).max(100) });

export const RoleChange = z.object({
  member: z.string({ error: 'Choisissez une personne.' }).min(1, 'Choisissez une personne.').max(100),
  role: z.enum(['client', 'staff', 'admin'], { error: 'Choisissez un rôle.' }),
});

export const MembershipJob = z.object({ membership: Id });

/** Whose data a link gives. */
export const Subject = z.object({ tenantId: z.string(), objectId: z.string() });
