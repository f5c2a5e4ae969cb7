/** One sheet of a spreadsheet, as far as a register goes. */

/** Something stands in the cell that cannot be taken as it is: a formula without a value, an error, a merged cell. */
export interface UnreadCell {
  readonly unread: string;
}

export type Cell = string | number | boolean | Date | UnreadCell | null;

export interface SheetRow {
  /** As the spreadsheet program shows it, from 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

export const maxRows = 20_000;
export const maxColumns = 100;
/** The longest text of a register with every character of it escaped; a longer one is still seen to be too long. */
export const maxCellCharacters = 1000;

/** The file cannot be taken, in a few words for the person who chose it. Never leaves the reader's own files. */
export class SheetRefused extends Error {}
