/** How long somebody is silent before they are forgotten, and how long before that they are told. */
export const SILENT_DAYS = 730;
export const NOTICE_DAYS = 30;

const DAY_MS = 86_400_000;

/** From when on somebody may be forgotten who was told of it, and was last seen then: neither time is ever cut short. */
export const forgottenFrom = (lastSeen: Date, warnedAt: Date, silentDays: number): Date =>
  new Date(Math.max(warnedAt.getTime() + NOTICE_DAYS * DAY_MS, lastSeen.getTime() + silentDays * DAY_MS));
