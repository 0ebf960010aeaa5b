import { fold } from '../../../core/text.ts';
export interface SearchEntry { readonly id: string; readonly question: string; readonly alternates: readonly string[]; readonly answer: string }
export interface Hit { readonly id: string; readonly score: number }
export interface SearchResult { readonly outcome: 'answer' | 'choice' | 'none'; readonly hits: readonly Hit[] }
export type SmallTalk = 'greeting' | 'thanks' | 'goodbye' | 'identity' | 'wellbeing' | 'acknowledgement' | 'insult' | 'complaint' | 'noise';
const words = (t: string) => fold(t).split(/[^a-z0-9]+/).filter((w) => w.length > 3);
export const fingerprint = (t: string) => [...new Set(words(t))].sort().join(' ');
export const smallTalk = (t: string): SmallTalk | undefined => (fold(t) === 'bonjour' ? 'greeting' : undefined);
export function buildSearchIndex(entries: readonly SearchEntry[], _options?: object) {
  const bags = entries.map((e) => ({ id: e.id, bags: [e.question, ...e.alternates].map((q) => new Set(words(q))) }));
  return { size: entries.length, search(text: string): SearchResult {
    const q = words(text);
    const hits = bags.map(({ id, bags }) => ({ id, score: Math.max(...bags.map((b) => q.filter((w) => b.has(w)).length / Math.max(1, q.length + b.size - q.filter((w) => b.has(w)).length))) })).sort((a, b) => b.score - a.score).slice(0, 6);
    return { outcome: (hits[0]?.score ?? 0) > 0.5 ? 'answer' : (hits[0]?.score ?? 0) > 0.3 ? 'choice' : 'none', hits };
  } };
}
