import { z } from 'zod';
import { revision, sure } from '../../../core/cards/form.ts';
import { Id } from '../../../core/id.ts';

const NAME_SENTENCE = "Écrivez le nom de l'organisation, en 3 à 120 caractères.";

export const Nothing = z.object({});
export const Page = z.object({ page: z.int().min(1).max(10_000) });

/** A body's name, as somebody types it. */
const BodyName = z
  .string()
  .max(120, NAME_SENTENCE)
  .transform((name) => name.trim().replace(/\s+/g, ' '))
  .pipe(
    z
      .string()
      .min(3, NAME_SENTENCE)
      .regex(/\p{L}{2}/u, NAME_SENTENCE),
  );

/** The choice of a known body, or a name that is typed; the typed one wins. `sure`: like names were seen already. */
export const Declaration = z
  .object({
    known: z.string().max(120).optional(),
    other: z.string().max(120, NAME_SENTENCE).optional(),
    sure: z.boolean().default(false),
    /** They were told what they leave. */
    leave: z.boolean().default(false),
  })
  .transform(({ known, other, ...told }) => ({ name: other?.trim() || known?.trim() || '', ...told }))
  .pipe(z.object({ name: BodyName, sure: z.boolean(), leave: z.boolean() }));

/** `search` is what is typed now, `searched` what the page at hand was searched for: the button sends one of them. */
export const BodySearch = z.object({
  search: z.string().max(120).default(''),
  searched: z.string().max(120).optional(),
  page: z.int().min(1).max(10_000).default(1),
});
export const BodyChoice = z.object({ body: Id });
export const Renaming = z.object({ body: Id, revision: revision(), name: BodyName });
export const AliasAdding = z.object({ body: Id, alias: BodyName });
export const AliasRemoval = z.object({ body: Id, removed: z.string().min(1).max(120) });

export const DecisionInput = z.object({
  membership: Id,
  revision: revision(),
  decision: z.enum(['confirm', 'confirmTenant', 'refuse']),
  page: z.int().min(1).max(10_000),
  ...sure,
});
/** Which request, on which page of the list. */
export const Request = DecisionInput.pick({ membership: true, page: true });

/** `instead`: the body that is confirmed in place of the one that was typed. */
export const InsteadInput = DecisionInput.omit({ decision: true }).extend({
  instead: z.string({ error: 'Choisissez un organisme.' }).pipe(Id),
});

export const RoleChange = z.object({
  member: z.string({ error: 'Choisissez une personne.' }).min(1, 'Choisissez une personne.').max(100),
  role: z.enum(['client', 'staff', 'admin'], { error: 'Choisissez un rôle.' }),
});

/** `heir`: the colleague who takes over, `tenant/id`; nobody for the team. */
export const Withdrawal = z.object({
  leaver: z.string().min(1).max(100),
  heir: z.string().max(100).default(''),
});

/** A link of the staff's list. */
export const LinkChoice = z.object({ link: Id });
export const LinkList = z.object({
  which: z.enum(['alive', 'former']).default('alive'),
  page: z.int().min(1).max(10_000).default(1),
});
/** A link of one's own. */
export const OwnLink = z.object({ link: Id });

export const MembershipJob = z.object({ membership: Id });

/** Whose data a link gives. */
export const Subject = z.object({ tenantId: z.string(), objectId: z.string() });
