import { useCallback, useEffect, useState } from 'react';
import type { RegisterEntry, RegisterKind } from '../../../station/contract.ts';
import { station } from '../../store/station.ts';

const pageRows = 60;

export interface ListedEntry {
  readonly key: string;
  readonly entry: RegisterEntry;
}

export interface Entries {
  readonly rows: readonly ListedEntry[];
  readonly total: number;
  readonly more: (() => void) | null;
  readonly reload: () => void;
}

/** One list of the register, a page at a time, as the station has it. */
export function useEntries(kind: RegisterKind, search: string): Entries {
  const [rows, setRows] = useState<readonly ListedEntry[]>([]);
  const [total, setTotal] = useState(0);
  const [more, setMore] = useState(false);
  const [loads, setLoads] = useState(0);
  useEffect(() => {
    let current = true;
    void station
      .call('register.list', { kind, search: search.trim(), afterKey: null, limit: pageRows })
      .then((page) => {
        if (!current || !page.ok) return;
        setRows(page.value.entries);
        setTotal(page.value.total);
        setMore(page.value.more);
      });
    return () => {
      current = false;
    };
  }, [kind, search, loads]);
  const next = useCallback(() => {
    const afterKey = rows.at(-1)?.key ?? null;
    void station
      .call('register.list', { kind, search: search.trim(), afterKey, limit: pageRows })
      .then((page) => {
        if (!page.ok) return;
        setRows([...rows, ...page.value.entries]);
        setMore(page.value.more);
      });
  }, [kind, search, rows]);
  return {
    rows,
    total,
    more: more ? next : null,
    reload: () => {
      setLoads((count) => count + 1);
    },
  };
}
