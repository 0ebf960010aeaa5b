/** Which reminders of a file there are. */
export const REMINDERS = ['answerLate', 'trialAsked', 'trialEnds'] as const;
export type Reminder = (typeof REMINDERS)[number];
