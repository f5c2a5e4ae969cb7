import { useEffect, useState } from 'react';
import type { BeamsLive, CallError, FieldProblem } from '../../../station/contract.ts';
import { beamPlaces, modbusExceptionText } from '../../../station/contract.ts';
import { usePreferences, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import type { BeamsWords } from '../../words/beamsWords.ts';
import { beamsEn, beamsZh } from '../../words/beamsWords.ts';
import { installerEn, installerZh } from '../../words/installerWords.ts';
import type { BeamsDraft } from './beamsDraft.ts';
import { beamsDraftOf, beamsOf, emptyBeams } from './beamsDraft.ts';
import { BeamsFields } from './BeamsFields.tsx';

const everyMs = 500;

/** The light barriers: which input is which, what each reads now, saved once they were seen to follow. */
export function BeamsForm(): React.JSX.Element {
  const words = usePreferences((state) => state.language) === 'zh' ? beamsZh : beamsEn;
  const [open, setOpen] = useState(false);
  return (
    <details
      className="beams"
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{words.title}</summary>
      {open && <OpenForm words={words} />}
    </details>
  );
}

function OpenForm({ words }: { readonly words: BeamsWords }): React.JSX.Element {
  const general = useWords();
  const chinese = usePreferences((state) => state.language) === 'zh';
  const [draft, setDraft] = useState<BeamsDraft>(emptyBeams);
  const [configured, setConfigured] = useState(false);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [error, setError] = useState<CallError | null>(null);
  const [saved, setSaved] = useState(false);
  const live = useBeams();
  useEffect(() => {
    void station.call('beams.get', {}).then((got) => {
      if (!got.ok) return;
      setDraft(beamsDraftOf(got.value.beams));
      setConfigured(got.value.beams !== null);
    });
    return () => void station.call('beams.stop', {});
  }, []);
  const send = async (
    call: 'beams.try' | 'beams.save',
    beams: Record<string, unknown> | null,
  ): Promise<void> => {
    const answer =
      call === 'beams.save'
        ? await station.call(call, { beams })
        : await station.call(call, { beams: beams ?? {} });
    setError(answer.ok ? null : answer.error);
    setProblems(answer.ok ? answer.value.problems : []);
    setSaved(call === 'beams.save' && answer.ok && answer.value.problems.length === 0);
  };
  return (
    <>
      <p>{words.hint}</p>
      <BeamsFields
        draft={draft}
        words={words}
        change={(part) => {
          setDraft((before) => ({ ...before, ...part }));
          setSaved(false);
        }}
      />
      <LiveBeams live={live} words={words} chinese={chinese} />
      {problems.map(({ field, problem }) => (
        <p key={field} role="alert" className="error">
          {`${field} ${(chinese ? installerZh : installerEn).wrong}: ${problem}`}
        </p>
      ))}
      {error !== null && (
        <p role="alert" className="error">{`${general.errors[error.code]} ${error.detail}`}</p>
      )}
      {saved && <p role="status">{words.saved}</p>}
      <div className="buttons">
        <button type="button" onClick={() => void send('beams.try', beamsOf(draft))}>
          {words.try}
        </button>
        <button type="button" className="primary" onClick={() => void send('beams.save', beamsOf(draft))}>
          {words.save}
        </button>
        {configured && (
          <button type="button" onClick={() => void send('beams.save', null)}>
            {words.remove}
          </button>
        )}
      </div>
    </>
  );
}

function LiveBeams({
  live,
  words,
  chinese,
}: {
  readonly live: BeamsLive | null;
  readonly words: BeamsWords;
  readonly chinese: boolean;
}): React.JSX.Element | null {
  const general = useWords();
  if (live === null || live.source === 'none') return null;
  return (
    <div className="beamStates" role="status" aria-label={words.title}>
      {live.source === 'try' && <p>{words.trying}</p>}
      <p>{`${words.states[live.state]} · ${words.answers(live.answered, live.asked)}`}</p>
      {live.trouble !== null && <p className="error">{troubleText(live.trouble, words, chinese)}</p>}
      <ul>
        {beamPlaces.flatMap((place) =>
          live.inputs
            .filter((input) => input.place === place)
            .map(({ on, state }) => (
              <li key={place} className={state}>
                {`${general.beamPlaces[place]} ${words.input(on)} `}
                <strong>{general.beamStates[state]}</strong>
              </li>
            )),
        )}
      </ul>
    </div>
  );
}

function troubleText(
  trouble: NonNullable<BeamsLive['trouble']>,
  words: BeamsWords,
  chinese: boolean,
): string {
  switch (trouble.kind) {
    case 'exception':
      return modbusExceptionText(trouble.code, chinese);
    case 'silent':
      return `${words.silent} (${trouble.detail})`;
    case 'line':
      return `${words.line}${trouble.detail}`;
  }
}

/** What each input reads, looked at twice a second while the form is open. */
function useBeams(): BeamsLive | null {
  const [live, setLive] = useState<BeamsLive | null>(null);
  useEffect(() => {
    let open = true;
    const look = async (): Promise<void> => {
      const seen = await station.call('beams.live', {});
      if (open && seen.ok) setLive(seen.value);
    };
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      open = false;
      clearInterval(timer);
    };
  }, []);
  return live;
}
