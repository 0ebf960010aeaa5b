import { once } from 'node:events';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { LiveEntry } from '../../../../src/features/knowledge/answering/rules.ts';
import { buildKnowledgeBase } from '../../../../src/features/knowledge/answering/rules.ts';
import { readContent } from '../../../../src/features/knowledge/content/content.ts';
import { searchableOf } from '../../../../src/features/knowledge/content/searchable.ts';
import type { SearchIndex } from '../../../../src/features/knowledge/search/index.ts';
import { indexHere, indexInThread } from '../../../../src/features/knowledge/search/indexing.ts';

// What the staff publish is learned in a thread: nobody waits for it but who published it.

const { content } = readContent();
const material = { entries: searchableOf(content), background: content.outOfScope };
const QUESTIONS = [
  'Quelle est la durée maximale d’un contrat ?',
  'qui signe',
  'combien de temps garder les documents',
  'une recette de tarte',
];
const SLEDGE: LiveEntry = {
  id: 'courtier-1',
  title: 'Qui prête le traîneau ?',
  alternates: [],
  answer: 'Le garage de la rue Principale.',
  owner: 'Diane',
  review: '2027-11-20',
  createdAt: new Date(0),
};

describe('an index made in a thread', () => {
  let index: SearchIndex;
  let rounds = 0;

  beforeAll(async () => {
    let done = false;
    const made = indexInThread(material).finally(() => {
      done = true;
    });
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      rounds++;
    }
    index = await made;
  });

  test('leaves the process free meanwhile', () => {
    expect(rounds).toBeGreaterThan(100);
  });

  test('finds and explains the same as one made here, to the last digit', async () => {
    const here = await indexHere(material);
    expect(QUESTIONS.map((text) => index.explain(text))).toEqual(QUESTIONS.map((text) => here.explain(text)));
  });
});

test('where there can be no thread, it is made here, and whoever operates is warned', async () => {
  const warned = once(process, 'warning');
  // What cannot be handed over to a thread.
  const entries = material.entries.slice(0, 20).map((entry) => ({ ...entry, unclonable: () => {} }));
  const index = await indexInThread({ entries, background: [] });
  expect(index.size).toBe(20);
  const [warning] = await warned;
  expect(warning).toMatchObject({ code: 'COURTIER_INDEX' });
});

describe('what the staff publish', () => {
  test('is found once it is learned, and what there was meanwhile', async () => {
    const { promise: learning, resolve: learned } = Promise.withResolvers<void>();
    const base = buildKnowledgeBase(content, (what) => learning.then(() => indexHere(what)));
    const published = base.setLive([SLEDGE]);
    expect(base.search(SLEDGE.title).hits.map(({ id }) => id)).not.toContain(SLEDGE.id);
    expect(base.search('Quelle est la durée maximale d’un contrat ?').hits[0]?.id).toBe('duree-contrat');
    expect(base.entry(SLEDGE.id)).toBeUndefined();
    learned();
    await published;
    expect(base.search(SLEDGE.title).hits[0]?.id).toBe(SLEDGE.id);
    expect(base.entry(SLEDGE.id)?.title).toBe(SLEDGE.title);
  });

  test('is found no more once it is withdrawn', async () => {
    const base = buildKnowledgeBase(content);
    await base.setLive([SLEDGE]);
    await base.setLive([]);
    expect(base.search(SLEDGE.title).hits.map(({ id }) => id)).not.toContain(SLEDGE.id);
    expect(base.entry(SLEDGE.id)).toBeUndefined();
  });

  test('is what was given last, however long what was given before takes to learn', async () => {
    const { promise: slow, resolve: end } = Promise.withResolvers<void>();
    const base = buildKnowledgeBase(content, async (what) => {
      if (!what.entries.some(({ id }) => id === 'courtier-2')) await slow;
      return indexHere(what);
    });
    const before = base.setLive([SLEDGE]);
    const last = base.setLive([{ ...SLEDGE, id: 'courtier-2' }]);
    end();
    await Promise.all([before, last]);
    expect([base.entry(SLEDGE.id), base.entry('courtier-2')?.title]).toEqual([undefined, SLEDGE.title]);
    expect(base.search(SLEDGE.title).hits[0]?.id).toBe('courtier-2');
  });

  test('stays as it was where it cannot be learned', async () => {
    let fails = false;
    const base = buildKnowledgeBase(content, (what) =>
      fails ? Promise.reject(new Error('on purpose')) : indexHere(what),
    );
    await base.setLive([SLEDGE]);
    fails = true;
    await expect(
      base.setLive([{ ...SLEDGE, id: 'courtier-2', title: 'Qui prête le canot ?' }]),
    ).rejects.toThrow();
    expect(base.search(SLEDGE.title).hits[0]?.id).toBe(SLEDGE.id);
    expect(base.entry('courtier-2')).toBeUndefined();
  });
});
