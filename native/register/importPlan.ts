import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportProblem } from '../../station/contract.ts';
import type { RegisterEntry, RegisterKind } from '../../station/vehicles/register/entries.ts';
import { entryKey } from '../../station/vehicles/register/entries.ts';
import { cellText } from './cells.ts';
import { findHeadings, sheetFields } from './columns.ts';
import { mergedRow, readRow, references } from './importRow.ts';
import type { SheetRow } from './sheet.ts';

export interface ImportPlan {
  readonly kind: RegisterKind;
  readonly rows: number;
  /** Only what really differs from the register. */
  readonly changes: readonly RegisterEntry[];
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly badRows: number;
  readonly problems: readonly ImportProblem[];
  readonly unknownHeadings: readonly string[];
  /** Every entry the plan looked at, as `kind key`: whoever changes one of them makes the plan void. */
  readonly restsOn: ReadonlySet<string>;
}

/** What the planner asks the register. */
export type Known = (kind: RegisterKind, key: string) => object | null;

const shownProblems = 500;
const rowsATurn = 200;

/** Works out what a sheet would change, and everything that is wrong with it. Writes nothing, holds nothing up. */
export async function planImport(
  kind: RegisterKind,
  sheet: readonly SheetRow[],
  known: Known,
): Promise<ImportPlan> {
  const headings = findHeadings(kind, sheet);
  const { columns } = headings;
  const problems: ImportProblem[] = [];
  const bad = new Set<number>();
  const wrong = (row: number, field: string | null, code: ImportProblem['code'], value: string): void => {
    bad.add(row);
    if (problems.length < shownProblems) problems.push({ row, field, code, value: value.slice(0, 80) });
  };
  for (const field of sheetFields(kind, 'by-people')) {
    if (field.required === true && !columns.some((column) => column.field === field)) {
      wrong(headings.row, field.name, 'missing', '');
    }
  }
  // Without a column that every row needs, no row says anything; one problem says it for all.
  const readable = bad.size === 0;
  const changes: RegisterEntry[] = [];
  const seen = new Map<string, number>();
  const restsOn = new Set<string>();
  let [rows, added, same] = [0, 0, 0];
  for (const { number, cells } of sheet) {
    if (number <= headings.row || !columns.some(({ at }) => cellText(cells[at] ?? null) !== '')) continue;
    rows += 1;
    if (!readable) continue;
    if (rows % rowsATurn === 0) await nextTurn();
    const read = readRow(kind, cells, columns, (field, code, value) => {
      wrong(number, field, code, value);
    });
    if (read === null) continue;
    const key = entryKey(read);
    const twice = seen.get(key);
    if (twice !== undefined) wrong(number, null, 'twice', `${key} (${String(twice)})`);
    else seen.set(key, number);
    restsOn.add(`${kind} ${key}`);
    const before = known(kind, key);
    const each = before === null ? read : mergedRow(read, before, columns);
    for (const [field, to, name] of references(each)) {
      restsOn.add(`${to} ${name}`);
      if (known(to, name) === null) wrong(number, field, 'no-such-reference', name);
    }
    if (before !== null && JSON.stringify(each.entry) === JSON.stringify(before)) {
      same += 1;
      continue;
    }
    changes.push(each);
    if (before === null) added += 1;
  }
  return {
    kind,
    rows,
    changes,
    added,
    changed: changes.length - added,
    same,
    badRows: bad.size,
    problems,
    unknownHeadings: headings.unknown,
    restsOn,
  };
}
