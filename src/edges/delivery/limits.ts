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

/** What Teams publishes for an app in a tenant, in a second: the older text, and today's. */
const PUBLISHED = [30, 50] as const;
/** Part of a published limit that is used: a request that arrives early must not be one too many in its second. */
const USED = 0.989;
/** Of a pace above what is published, which is known of no limit. */
const USED_ABOVE = 0.97;
/** How much later than another a request may reach Teams, of two that leave on time, in milliseconds. */
const ON_THE_WAY_MS = 3;
/** The latest that a sending may be, however far the limit is, in milliseconds. */
const LATEST_MS = 100;
export const SECOND_MS = 1_000;

/** The published limit that a pace must keep; for a faster one, the pace itself. */
export const limitOf = (perSecond: number): number =>
  PUBLISHED.find((limit) => limit >= perSecond) ?? perSecond;

/** Milliseconds between two sendings of a tenant: the margin is kept to the published limit, not to the pace. */
export function intervalOf(perSecond: number): number {
  const limit = limitOf(perSecond);
  const used = perSecond > PUBLISHED[1] ? USED_ABOVE : USED;
  return SECOND_MS / Math.min(perSecond, limit * used);
}

/** How late, in milliseconds, a sending may be without being one too many in the second that begins with it. */
export const latenessOf = (perSecond: number): number =>
  Math.min(LATEST_MS, limitOf(perSecond) * intervalOf(perSecond) - SECOND_MS - ON_THE_WAY_MS);
