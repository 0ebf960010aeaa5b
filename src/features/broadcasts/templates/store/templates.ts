import { count, eq } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { wrongField } from '../../../../core/cards/refused.ts';
import type { Id } from '../../../../core/id.ts';
import { byName } from '../../../../core/rows/columns.ts';
import { type Changed, revisedRows } from '../../../../core/rows/revised.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Broadcast, Records } from '../../store/records.ts';
import { templates } from '../../tables.ts';
import { contentOfTemplate, templateKey } from '../rules.ts';

export type Template = typeof templates.$inferSelect;

const taken = (name: string) =>
  wrongField('name', `Un modèle s’appelle déjà « ${name} ». Donnez un autre nom.`);

/** Notices to begin others with, under a name, for the whole team. */
export function buildTemplates({ db, clock, audit, quotas, now }: Records) {
  const rows = revisedRows(templates, clock);

  return {
    findTemplate: (id: string): Promise<Template> => rows.find(db, id),

    /** A page of templates by name; the nearest one. */
    async templatesPage(wanted: number, size: number) {
      const [counted] = await db.select({ total: count() }).from(templates);
      const total = counted?.total ?? 0;
      const page = nearestPage(wanted, total, size);
      const found = await db
        .select()
        .from(templates)
        .orderBy(byName(templates.name), templates.id)
        .limit(size)
        .offset((page - 1) * size);
      return { rows: found, page, total };
    },

    /** Keeps a notice under a name, once however often its form is sent. A name that is taken is refused. */
    keepTemplate: (staff: Person, notice: Broadcast, name: string, id: Id): Promise<Template> =>
      db.transaction(async (tx) => {
        const [added] = await tx
          .insert(templates)
          .values({
            id,
            key: templateKey(name),
            name,
            content: contentOfTemplate(notice),
            createdAt: now(),
            updatedAt: now(),
          })
          .onConflictDoNothing()
          .returning();
        if (added) {
          await quotas.spend(tx, staff, 'broadcasts.keepTemplate');
          await audit.record(tx, staff, 'template.keep', id);
          return added;
        }
        const [mine] = await tx.select().from(templates).where(eq(templates.id, id));
        if (!mine) throw taken(name);
        return mine;
      }),

    /** Gives a template another name; the same one again changes nothing. */
    renameTemplate: (staff: Person, id: string, revision: number, name: string): Promise<Changed<Template>> =>
      db.transaction((tx) =>
        rows.change(tx, id, revision, async (row) => {
          if (row.name === name) return row;
          const [other] = await tx
            .select({ id: templates.id })
            .from(templates)
            .where(eq(templates.key, templateKey(name)));
          if (other && other.id !== id) throw taken(name);
          const changed = await rows.write(tx, row, { key: templateKey(name), name });
          await audit.record(tx, staff, 'template.rename', id);
          return changed;
        }),
      ),

    /** Takes a template away: the notices that began with it stay. */
    removeTemplate: (staff: Person, id: string, revision: number): Promise<Changed<Template>> =>
      db.transaction((tx) =>
        rows.change(tx, id, revision, async (row) => {
          await tx.delete(templates).where(eq(templates.id, id));
          await audit.record(tx, staff, 'template.remove', id);
          return row;
        }),
      ),
  };
}
