import { useEffect, useState } from 'react';
import type { CallError, FieldProblem, ProfileView } from '../../../station/contract.ts';
import { DayInput } from '../../components/DayInput.tsx';
import { saveFile } from '../../components/saveFile.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, usePreferences, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { installerEn, installerZh } from '../../words/installerWords.ts';
import { BeamsForm } from './BeamsForm.tsx';
import { Candidates } from './Candidates.tsx';
import type { Draft } from './draft.ts';
import { draftOf, emptyDraft, instrumentOf, lineOf, neighboursOf, withCandidate } from './draft.ts';
import './installer.css';
import { Choice, LineForm, Text } from './LineForm.tsx';
import { LivePanel } from './LivePanel.tsx';
import { Neighbours } from './Neighbours.tsx';
import { useLive } from './useLive.ts';

/** One hour, a cable and an unknown indicator: line, protocol, comparison with the display, saved. */
export function InstallerScreen(): React.JSX.Element {
  const general = useWords();
  const chinese = usePreferences((state) => state.language) === 'zh';
  const words = chinese ? installerZh : installerEn;
  const { live, found } = useLive();
  const [profiles, setProfiles] = useState<readonly ProfileView[]>([]);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [error, setError] = useState<CallError | null>(null);
  const [compared, setCompared] = useState(false);
  const [saved, setSaved] = useState(false);
  const [installer, setInstaller] = useState('');
  useEscape(() => {
    showScreen('weighing');
  });
  useEffect(() => {
    void station.call('instrument.profiles', {}).then((listed) => {
      if (listed.ok) setProfiles(listed.value.profiles);
    });
    void station.call('instrument.get', {}).then((got) => {
      if (got.ok) setDraft(draftOf(got.value.instrument, got.value.neighbours));
    });
    return () => void station.call('instrument.stop', {});
  }, []);

  const change = (part: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
    // What was compared with the display is no longer what stands here.
    setCompared(false);
    setSaved(false);
  };
  const told = (answer: { ok: true; value: object } | { ok: false; error: CallError }): boolean => {
    setError(answer.ok ? null : answer.error);
    const wrong = answer.ok && 'problems' in answer.value ? (answer.value.problems as FieldProblem[]) : [];
    setProblems(wrong);
    return answer.ok && wrong.length === 0;
  };
  const send = async (call: 'instrument.try' | 'instrument.save'): Promise<void> => {
    const instrument = instrumentOf(draft);
    const neighbours = neighboursOf(draft);
    if (instrument === null || neighbours === null) {
      setProblems([{ field: instrument === null ? 'options' : 'lineNeighbours', problem: 'JSON' }]);
      return;
    }
    if (call === 'instrument.try') told(await station.call(call, { instrument }));
    else setSaved(told(await station.call(call, { instrument, neighbours, confirmed: true })));
  };
  const detect = async (): Promise<void> => {
    told(await station.call('instrument.detect', { line: lineOf(draft) }));
  };
  const suggest = async (): Promise<void> => {
    const found = await station.call('instrument.suggest', {});
    if (!found.ok || found.value.options === null) {
      setProblems([{ field: 'custom', problem: words.noSuggestion }]);
      return;
    }
    change({ profile: 'custom', options: JSON.stringify(found.value.options) });
  };
  const report = async (): Promise<void> => {
    const made = await station.call('instrument.report', { installer });
    if (made.ok) saveFile(made.value, 'application/pdf');
    told(made);
  };
  const trying = live?.source === 'try';
  return (
    <main className="installer">
      <section className="settings">
        <h2>{words.title}</h2>
        <LineForm draft={draft} change={change} words={words} />
        <div className="buttons">
          <button
            type="button"
            className="primary"
            disabled={found?.running === true}
            onClick={() => void detect()}
          >
            {words.detect}
          </button>
          <button type="button" onClick={() => void station.call('instrument.stop', {})}>
            {words.stop}
          </button>
        </div>
        <Candidates
          found={found}
          words={words}
          take={(candidate) => {
            change(withCandidate(draft, candidate));
          }}
        />
        <BeamsForm />
      </section>
      <section className="settings">
        <ProfileChoice
          profiles={profiles}
          draft={draft}
          change={change}
          label={words.profile}
          chinese={chinese}
        />
        <div className="options">
          <Text
            label={words.options}
            value={draft.options}
            change={(options) => {
              change({ options });
            }}
          />
          <button type="button" onClick={() => void suggest()}>
            {words.suggest}
          </button>
        </div>
        <div className="pair">
          <Choice
            label={words.unit}
            value={draft.unit}
            options={['kg', 't']}
            change={(unit) => {
              change({ unit: unit === 't' ? 't' : 'kg' });
            }}
          />
          <Text
            label={words.division}
            value={draft.divisionKg}
            change={(divisionKg) => {
              change({ divisionKg });
            }}
          />
          <Text
            label={words.max}
            value={draft.maxKg}
            change={(maxKg) => {
              change({ maxKg });
            }}
          />
          <Text
            label={words.min}
            value={draft.minKg}
            change={(minKg) => {
              change({ minKg });
            }}
          />
          <Text
            label={words.poll}
            value={draft.pollMs}
            change={(pollMs) => {
              change({ pollMs });
            }}
          />
          <DayInput
            label={words.verified}
            value={draft.verificationExpires}
            change={(verificationExpires) => {
              change({ verificationExpires });
            }}
          />
        </div>
        <Neighbours
          drafts={draft.neighbours}
          profiles={profiles}
          chinese={chinese}
          words={words}
          change={(neighbours) => {
            change({ neighbours });
          }}
        />
        {problems.map(({ field, problem }) => (
          <p key={field} role="alert" className="error">{`${field} ${words.wrong}: ${problem}`}</p>
        ))}
        {error !== null && (
          <p role="alert" className="error">{`${general.errors[error.code]} ${error.detail}`}</p>
        )}
        <div className="buttons">
          <button type="button" onClick={() => void send('instrument.try')}>
            {words.try}
          </button>
          <label>
            <input
              type="checkbox"
              checked={compared}
              disabled={!trying || live.kg === null || live.fault !== null}
              onChange={(event) => {
                setCompared(event.target.checked);
              }}
            />
            {words.compare}
          </label>
          <button
            type="button"
            className="primary"
            disabled={!compared}
            onClick={() => void send('instrument.save')}
          >
            {words.save}
          </button>
        </div>
        {trying && <p role="status">{words.trying}</p>}
        {saved && <p role="status">{words.saved}</p>}
        <div className="buttons">
          <Text label={words.installer} value={installer} change={setInstaller} />
          <button type="button" disabled={installer.trim() === ''} onClick={() => void report()}>
            {words.report}
          </button>
        </div>
      </section>
      <LivePanel live={live} listening={found?.running === true} words={words} />
    </main>
  );
}

function ProfileChoice({
  profiles,
  draft,
  change,
  label,
  chinese,
}: {
  readonly profiles: readonly ProfileView[];
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly label: string;
  readonly chinese: boolean;
}): React.JSX.Element {
  return (
    <label className="typed">
      {label}
      <select
        value={draft.profile}
        onChange={(event) => {
          change({ profile: event.target.value, options: '{}' });
        }}
      >
        {profiles.map((profile) => (
          <option key={profile.id} value={profile.id}>
            {`${chinese ? profile.labelZh : profile.labelEn} (${profile.id})`}
          </option>
        ))}
      </select>
    </label>
  );
}
