/** What a supplier reads in place of a comment that staff took away. */
const TAKEN_AWAY = 'Retiré par le Courtier.';

/** What a supplier reads where staff put other words in place of a comment; none where they took it away. */
export const shownWords = (words: string): string =>
  words === '' ? TAKEN_AWAY : `« ${words} » (mots revus par le Courtier)`;
