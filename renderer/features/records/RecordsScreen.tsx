import { useEscape } from '../../components/useEscape.ts';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { CrossingPanel } from './CrossingPanel.tsx';
import { KeyPanel } from './KeyPanel.tsx';
import { ManualPanel } from './ManualPanel.tsx';
import type { RecordsTab } from './openRecords.ts';
import { chooseTab, recordsTabs, useRecordsTab } from './openRecords.ts';
import './records.css';

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };
const panels: Readonly<Record<RecordsTab, () => React.JSX.Element>> = {
  crossings: CrossingPanel,
  manual: ManualPanel,
  keys: KeyPanel,
};

/** 记录: what came over the scale without a record, what was written by hand, and the keys all of it is signed with. */
export function RecordsScreen(): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  const tab = useRecordsTab((state) => state.tab);
  useEscape(() => {
    showScreen('weighing');
  });
  const Panel = panels[tab];
  return (
    <main className="books records">
      <header>
        <h2>{records.title}</h2>
        <div
          role="tablist"
          aria-label={records.title}
          onKeyDown={(event) => {
            const step = steps[event.key];
            if (step === undefined) return;
            const at = (recordsTabs.indexOf(tab) + step + recordsTabs.length) % recordsTabs.length;
            const next = recordsTabs[at];
            if (next === undefined) return;
            chooseTab(next);
            event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[at]?.focus();
          }}
        >
          {recordsTabs.map((each) => (
            <button
              key={each}
              type="button"
              role="tab"
              aria-selected={each === tab}
              tabIndex={each === tab ? 0 : -1}
              onClick={() => {
                chooseTab(each);
              }}
            >
              {records.tabs[each]}
            </button>
          ))}
        </div>
        <button
          type="button"
          onClick={() => {
            showScreen('weighing');
          }}
        >{`Esc ${words.ui.back}`}</button>
      </header>
      <Panel />
    </main>
  );
}
