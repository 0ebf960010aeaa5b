import { and, inArray, isNotNull } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import type { PersonKey } from '../../../people/index.ts';
import { comments, commentWords } from '../../tables.ts';
import type { CommentParts } from './records.ts';

/** What a person wrote: shown to them, and kept without their name once they are erased. */
export const buildKeeping = ({ db, audit }: CommentParts) => ({
  heldOf: (person: PersonKey) =>
    db
      .select({
        sujet: comments.kind,
        texte: comments.text,
        reponse: comments.answer,
        le: comments.createdAt,
      })
      .from(comments)
      .where(isPerson(comments, person)),

  wordsHeldOf: (person: PersonKey) =>
    db
      .select({ geste: commentWords.act, texte: commentWords.text, le: commentWords.at })
      .from(commentWords)
      .where(isPerson(commentWords, person)),

  /** What was said stays, without who said it. */
  async erase(tx: Tx, person: PersonKey): Promise<void> {
    await tx.update(comments).set({ objectId: '', name: GONE }).where(isPerson(comments, person));
    await tx.update(commentWords).set({ objectId: '', name: GONE }).where(isPerson(commentWords, person));
    // Who answered has no column: the trail knows.
    const answered = await audit.objectsOf(tx, person, 'comment.answer');
    const closed = await audit.objectsOf(tx, person, 'comment.close');
    const ids = [...answered, ...closed];
    if (ids.length > 0)
      await tx
        .update(comments)
        .set({ answeredBy: GONE })
        .where(and(inArray(comments.id, ids), isNotNull(comments.answeredBy)));
  },
});
