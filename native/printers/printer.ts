import type { Sheet } from '../../station/slips/sheet.ts';
import type { Result } from '../../station/result.ts';

/** Why no paper came out. `detail` is what a person reads: Chinese first. */
export interface PrintFailure {
  readonly code:
    | 'no-such-printer'
    | 'bad-printer-name'
    | 'spooler-not-running'
    | 'tool-missing'
    | 'timed-out'
    | 'fonts-missing'
    | 'disk'
    | 'refused';
  readonly detail: string;
}

export interface Printed {
  /** Where it went: the print job or the file. */
  readonly detail: string;
}

/** `null` is the system's default printer. */
export type PaperPrinter = (
  paper: Sheet,
  printerName: string | null,
) => Promise<Result<Printed, PrintFailure>>;
