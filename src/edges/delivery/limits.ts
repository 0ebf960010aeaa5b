/** The published limits of Teams for one conversation: so many posts in so many seconds. */
const CONVERSATION_LIMITS = [
  { posts: 7, seconds: 1 },
  { posts: 8, seconds: 2 },
  { posts: 60, seconds: 30 },
  { posts: 1_800, seconds: 3_600 },
] as const;

/** What the network may add between our clock and theirs. */
const MARGIN_MS = 150;

/** How far back posts matter, in milliseconds. */
export const REMEMBERED_MS = 3_600_000 + MARGIN_MS;

/** The first moment from `from` on at which one more post stays within every limit. `posts`: the recent ones, oldest first. */
export function earliest(posts: readonly number[], from: number): number {
  return CONVERSATION_LIMITS.reduce((at, limit) => {
    const oldest = posts[posts.length - limit.posts];
    return oldest === undefined ? at : Math.max(at, oldest + limit.seconds * 1_000 + MARGIN_MS);
  }, from);
}

/** Part of the configured rate that is used: a request that arrives early must not be one too many in its second. */
const USED = 0.97;

/** Milliseconds between two sendings of a tenant. */
export const intervalOf = (perSecond: number): number => 1_000 / (perSecond * USED);
