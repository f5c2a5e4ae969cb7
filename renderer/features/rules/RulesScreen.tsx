import { useCallback, useEffect, useState } from 'react';
import type { CallError, RuleSetView } from '../../../station/contract.ts';
import { FileButton } from '../../components/FileButton.tsx';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { useRegisterWords } from '../register/useRegisterWords.ts';
import '../register/register.css';
import { LimitMatrix } from './LimitMatrix.tsx';
import './rules.css';

const stateMarks: Readonly<Record<RuleSetView['state'], string>> = {
  'in-force': '●',
  'to-come': '○',
  past: '✕',
};

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
    else setError(list.error);
  }, []);
  useEffect(() => {
    void station.call('rules.list', {}).then((list) => {
      if (list.ok) setSets(list.value.sets);
      else setError(list.error);
    });
  }, []);
  useEscape(() => {
    showScreen('weighing');
  });
  const load = async (file: File): Promise<void> => {
    setError(null);
    setSaid(null);
    const loaded = await station.call('rules.load', { text: await file.text() });
    if (loaded.ok) setSaid(words.loaded(loaded.value.id, loaded.value.effectiveFrom));
    else setError(loaded.error);
    if (loaded.ok) await reload();
  };
  const open =
    sets.find(({ sha256 }) => sha256 === shown) ?? sets.find(({ state }) => state === 'in-force') ?? null;
  return (
    <main className="rules">
      <header>
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
              <span className={set.state}>
                {`${stateMarks[set.state]} ${words.inForce[set.state]} · ${words.effective} ${set.effectiveFrom} · ${words.from[set.from]}${set.signedBy === null ? '' : ` · ${words.signedBy} ${set.signedBy}`}`}
              </span>
              <small>{`${set.id} v${String(set.version)} · ${set.sha256.slice(0, 16)}`}</small>
            </button>
          </li>
        ))}
      </ul>
      {open !== null && (
        <div className="scroll">
          <Sources set={open} />
          <LimitMatrix set={open} />
        </div>
      )}
    </main>
  );
}

function Sources({ set }: { readonly set: RuleSetView }): React.JSX.Element {
  const words = useRegisterWords();
  return (
    <ul className="sources" aria-label={words.sourceTitle}>
      {set.sources.map(({ title, document, wordingConfirmed }) => (
        <li key={`${title} ${document}`}>
          {`${title}（${document}） `}
          <em className={wordingConfirmed ? 'fine' : 'soon'}>
            {wordingConfirmed ? `✔ ${words.wording.confirmed}` : `⚠ ${words.wording.unconfirmed}`}
          </em>
        </li>
      ))}
      {!set.confirmed && (
        <li>
          {`${words.effective} ${set.effectiveFrom} `}
          <em className="soon">{`⚠ ${words.unconfirmed}`}</em>
        </li>
      )}
    </ul>
  );
}
