/** The letters of a column, counted from 0: « A », « Z », « AA ». */
function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : `${columnLetters(Math.floor(column / 26) - 1)}${letter}`;
}

/** Where a cell stands, as a spreadsheet says it: « B7 » for the column 1, counted from 0, of the line 7, counted from 1. */
export const cellAt = (line: number, column: number): string => `${columnLetters(column)}${line}`;
