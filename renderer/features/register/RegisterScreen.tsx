import { useEffect, useRef, useState } from 'react';
import type { RegisterKind } from '../../../station/contract.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { EntryForm } from './EntryForm.tsx';
import { EntryTable } from './EntryTable.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import { RegisterTabs } from './RegisterTabs.tsx';
import './register.css';
import type { ListedEntry } from './useEntries.ts';
import { useEntries } from './useEntries.ts';
import { useRegisterWords } from './useRegisterWords.ts';

/** 备案台账: vehicles, drivers, goods, parties, destinations, contracts and the two lists. */
export function RegisterScreen(): React.JSX.Element {
  const words = useRegisterWords();
  const { errors } = useWords();
  const [kind, setKind] = useState<RegisterKind>('vehicle');
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ListedEntry | 'new' | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const entries = useEntries(kind, search);
  useEscape(() => {
    if (open === null) showScreen('weighing');
    else setOpen(null);
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F2' || event.repeat) return;
      event.preventDefault();
      setOpen((now) => now ?? 'new');
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, []);

  return (
    <main className="register">
      <RegisterTabs
        kind={kind}
        choose={(each) => {
          setKind(each);
          setSearch('');
          setOpen(null);
        }}
      />
      {open !== null ? (
        <EntryForm
          key={open === 'new' ? `new ${kind}` : open.key}
          kind={kind}
          listed={open === 'new' ? null : open}
          done={(changed) => {
            setOpen(null);
            if (changed) entries.reload();
          }}
        />
      ) : (
        <>
          <ImportPanel key={kind} kind={kind} imported={entries.reload}>
            <form
              role="search"
              onSubmit={(event) => {
                event.preventDefault();
                const [only, ...others] = entries.rows;
                if (only !== undefined && others.length === 0) setOpen(only);
              }}
            >
              <input
                aria-label={words.search}
                placeholder={words.search}
                value={search}
                maxLength={60}
                autoFocus
                onChange={(event) => {
                  setSearch(event.target.value);
                }}
                onKeyDown={(event) => {
                  if (event.key !== 'ArrowDown') return;
                  event.preventDefault();
                  list.current?.querySelector<HTMLElement>('tbody tr')?.focus();
                }}
              />
              <span>{entries.total === null ? '' : words.total(entries.total)}</span>
              <button
                type="button"
                className="primary"
                onClick={() => {
                  setOpen('new');
                }}
              >
                {`F2 ${words.add}`}
              </button>
            </form>
          </ImportPanel>
          {entries.error !== null && (
            <p role="alert" className="error">{`${errors[entries.error.code]} ${entries.error.detail}`}</p>
          )}
          <div className="scroll" ref={list}>
            <EntryTable kind={kind} rows={entries.rows} open={setOpen} />
            {entries.more !== null && (
              <button type="button" className="more" onClick={entries.more}>
                {words.more}
              </button>
            )}
          </div>
        </>
      )}
    </main>
  );
}
