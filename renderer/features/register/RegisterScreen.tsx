import { useState } from 'react';
import type { RegisterKind } from '../../../station/contract.ts';
import { registerKinds, registerTitles } from '../../../station/contract.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { EntryForm } from './EntryForm.tsx';
import { EntryTable } from './EntryTable.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import './register.css';
import type { ListedEntry } from './useEntries.ts';
import { useEntries } from './useEntries.ts';
import { useChinese, useRegisterWords } from './useRegisterWords.ts';

/** 备案台账: vehicles, drivers, goods, parties, destinations, contracts and the two lists. */
export function RegisterScreen(): React.JSX.Element {
  const words = useRegisterWords();
  const general = useWords();
  const chinese = useChinese();
  const [kind, setKind] = useState<RegisterKind>('vehicle');
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ListedEntry | 'new' | null>(null);
  const entries = useEntries(kind, search);
  useEscape(() => {
    if (open === null) showScreen('weighing');
    else setOpen(null);
  });

  return (
    <main className="register">
      <nav className="tabs" role="tablist" aria-label={words.title}>
        {registerKinds.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === kind}
            onClick={() => {
              setKind(each);
              setSearch('');
              setOpen(null);
            }}
          >
            {chinese ? registerTitles[each].zh : registerTitles[each].en}
          </button>
        ))}
        <button
          type="button"
          className="back"
          onClick={() => {
            showScreen('weighing');
          }}
        >{`Esc ${general.ui.back}`}</button>
      </nav>
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
          <form
            className="filters"
            role="search"
            onSubmit={(event) => {
              event.preventDefault();
            }}
          >
            <input
              aria-label={words.search}
              placeholder={words.search}
              value={search}
              maxLength={60}
              onChange={(event) => {
                setSearch(event.target.value);
              }}
            />
            <span>{words.total(entries.total)}</span>
            <button
              type="button"
              className="primary"
              onClick={() => {
                setOpen('new');
              }}
            >
              {words.add}
            </button>
          </form>
          <ImportPanel key={kind} kind={kind} imported={entries.reload} />
          <div className="scroll">
            <EntryTable kind={kind} rows={entries.rows} open={setOpen} />
            {entries.more !== null && (
              <button type="button" onClick={entries.more}>
                {words.more}
              </button>
            )}
          </div>
        </>
      )}
    </main>
  );
}
