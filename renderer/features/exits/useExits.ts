import { useCallback, useEffect, useState } from 'react';
import type { CallError, CallInput, ExitRow } from '../../../station/contract.ts';
import { station, useStation } from '../../store/station.ts';

export type ExitFilter = Pick<CallInput<'exits.list'>, 'show' | 'found' | 'plate' | 'from' | 'to'>;

const pageRows = 50;

/** The list for a filter, page by page, newest first; it follows what happens at the exit. */
export function useExits(filter: ExitFilter): {
  readonly rows: readonly ExitRow[];
  readonly more: boolean;
  readonly open: number;
  readonly error: CallError | null;
  readonly older: () => void;
  readonly reload: () => void;
} {
  const { show, found, plate, from, to } = filter;
  const [rows, setRows] = useState<readonly ExitRow[]>([]);
  const [more, setMore] = useState(false);
  const [open, setOpen] = useState(0);
  const [error, setError] = useState<CallError | null>(null);
  const [loads, setLoads] = useState(0);
  // A truck at the exit changes what the strip of faults says.
  const left = useStation(
    (state) => state.view?.faults.find(({ code }) => code === 'left-without-leave')?.detail ?? '',
  );
  const load = useCallback(
    (beforeSequence: number | null) =>
      station.call('exits.list', { beforeSequence, limit: pageRows, show, found, plate, from, to }),
    [show, found, plate, from, to],
  );
  useEffect(() => {
    let current = true;
    void load(null).then((page) => {
      if (!current) return;
      setError(page.ok ? null : page.error);
      if (!page.ok) return;
      setRows(page.value.rows);
      setMore(page.value.more);
      setOpen(page.value.open);
    });
    return () => {
      current = false;
    };
  }, [load, left, loads]);
  const older = (): void => {
    void load(rows.at(-1)?.sequence ?? null).then((page) => {
      if (!page.ok) return;
      setRows([...rows, ...page.value.rows]);
      setMore(page.value.more);
    });
  };
  const reload = (): void => {
    setLoads((count) => count + 1);
  };
  return { rows, more, open, error, older, reload };
}
