import { useCallback, useEffect, useState } from 'react';
import type { CallError, RuleSetView } from '../../../station/contract.ts';
import { FileButton } from '../../components/FileButton.tsx';
import { kgDigits } from '../../components/format.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { useRegisterWords } from '../register/useRegisterWords.ts';
import '../register/register.css';
import './rules.css';

/** 限值规则: every rule set the station knows, since when, from whom, and its table. */
export function RulesScreen(): React.JSX.Element {
  const words = useRegisterWords();
  const general = useWords();
  const [sets, setSets] = useState<readonly RuleSetView[]>([]);
  const [shown, setShown] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const reload = useCallback(async () => {
    const list = await station.call('rules.list', {});
    if (list.ok) setSets(list.value.sets);
  }, []);
  useEffect(() => {
    void station.call('rules.list', {}).then((list) => {
      if (list.ok) setSets(list.value.sets);
    });
  }, []);
  useEscape(() => {
    showScreen('weighing');
  });
  const load = async (file: File): Promise<void> => {
    const loaded = await station.call('rules.load', { text: await file.text() });
    setError(loaded.ok ? null : loaded.error);
    setSaid(loaded.ok ? words.loaded(loaded.value.id, loaded.value.effectiveFrom) : null);
    await reload();
  };
  const open =
    sets.find(({ sha256 }) => sha256 === shown) ?? sets.find(({ state }) => state === 'in-force') ?? null;
  return (
    <main className="rules">
      <header className="buttons">
        <h2>{words.rules}</h2>
        <FileButton label={words.loadRules} accept=".json" choose={(file) => void load(file)} />
        <button
          type="button"
          onClick={() => {
            showScreen('weighing');
          }}
        >{`Esc ${general.ui.back}`}</button>
      </header>
      {error !== null && (
        <p role="alert" className="error">{`${general.errors[error.code]} ${error.detail}`}</p>
      )}
      {said !== null && <p role="status">{said}</p>}
      <ul className="rule-sets">
        {sets.map((set) => (
          <li key={set.sha256}>
            <button
              type="button"
              aria-pressed={set === open}
              onClick={() => {
                setShown(set.sha256);
              }}
            >
              <strong>{set.title}</strong>
              <span>{`${words.inForce[set.state]} · ${words.effective} ${set.effectiveFrom} · ${words.from[set.from]}${set.signedBy === null ? '' : ` · ${words.signedBy} ${set.signedBy}`}`}</span>
              <small>{`${set.id} v${String(set.version)} · ${set.sha256.slice(0, 16)}${set.confirmed ? '' : ` · ${words.unconfirmed}`}`}</small>
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <RuleRows set={open} />}
    </main>
  );
}

function RuleRows({ set }: { readonly set: RuleSetView }): React.JSX.Element {
  const words = useRegisterWords();
  const general = useWords();
  const classWords: Readonly<Record<string, string>> = general.classes;
  return (
    <div className="scroll">
      <p>{set.sources.map(({ title, document }) => `${title}（${document}）`).join('；')}</p>
      <table className="entries" aria-label={set.title}>
        <thead>
          <tr>
            {[
              general.ui.axleCount,
              general.ui.class,
              general.ui.layout,
              general.ui.driveAxles,
              words.limit,
              'ID',
            ].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {set.rows.map((row) => (
            <tr key={row.id}>
              <td className="figure">{`${String(row.axles)}${row.andMore ? '+' : ''}`}</td>
              <td>{row.classes.map((each) => classWords[each] ?? each).join('、')}</td>
              <td>{row.layout ?? general.ui.all}</td>
              <td>{row.driveAxles ?? '—'}</td>
              <td className="figure strong">{`${kgDigits(row.limitKg)} kg${row.confirmed ? '' : ' ?'}`}</td>
              <td>{row.id}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
