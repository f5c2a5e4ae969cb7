import { useCallback, useEffect, useState } from 'react';
import type { CallError, RegisterEntry, RegisterKind } from '../../../station/contract.ts';
import { station } from '../../store/station.ts';

const pageRows = 60;

export interface ListedEntry {
  readonly key: string;
  readonly entry: RegisterEntry;
}

export interface Entries {
  readonly rows: readonly ListedEntry[];
  /** Null until the list is here. */
  readonly total: number | null;
  readonly error: CallError | null;
  readonly more: (() => void) | null;
  readonly reload: () => void;
}

interface Page {
  readonly kind: RegisterKind;
  readonly rows: readonly ListedEntry[];
  readonly total: number;
  readonly more: boolean;
}

/** One list of the register, a page at a time, as the station has it. */
export function useEntries(kind: RegisterKind, search: string): Entries {
  const [page, setPage] = useState<Page | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [loads, setLoads] = useState(0);
  useEffect(() => {
    let current = true;
    void station
      .call('register.list', { kind, search: search.trim(), afterKey: null, limit: pageRows })
      .then((got) => {
        if (!current) return;
        setError(got.ok ? null : got.error);
        if (got.ok) setPage({ kind, rows: got.value.entries, total: got.value.total, more: got.value.more });
      });
    return () => {
      current = false;
    };
  }, [kind, search, loads]);
  const next = useCallback(() => {
    if (page === null) return;
    const afterKey = page.rows.at(-1)?.key ?? null;
    void station
      .call('register.list', { kind, search: search.trim(), afterKey, limit: pageRows })
      .then((got) => {
        setError(got.ok ? null : got.error);
        if (!got.ok) return;
        const { entries, more } = got.value;
        // Another list or search may have come in between.
        setPage((now) => (now === page ? { ...page, rows: [...page.rows, ...entries], more } : now));
      });
  }, [kind, search, page]);
  const shown = page?.kind === kind ? page : null;
  return {
    rows: shown?.rows ?? [],
    total: shown?.total ?? null,
    error,
    more: shown?.more === true ? next : null,
    reload: () => {
      setLoads((count) => count + 1);
    },
  };
}
