import { useState } from 'react';
import type { CallError, FieldProblem } from '../../../station/contract.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { CameraForm } from './CameraForm.tsx';
import { FindCameras } from './FindCameras.tsx';
import { CameraState } from './CameraState.tsx';
import type { CameraDraft } from './cameraDraft.ts';
import { cameraOf, draftOfCamera, emptyCamera } from './cameraDraft.ts';
import './cameras.css';
import { useCameras } from './useCameras.ts';
import { useCamerasWords } from './useCamerasWords.ts';

function leave(): void {
  showScreen('weighing');
}

/** 摄像头: how each camera stands, a picture on the spot, and their settings. */
export function CamerasScreen(): React.JSX.Element {
  const words = useCamerasWords();
  const general = useWords();
  const { listed, error } = useCameras();
  const [typed, setTyped] = useState<readonly CameraDraft[] | null>(null);
  const [chosen, setChosen] = useState(0);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [refused, setRefused] = useState<CallError | null>(null);
  const [saved, setSaved] = useState(false);
  useEscape(leave);
  const drafts = typed ?? listed?.cameras.map(draftOfCamera) ?? [];
  const draft = drafts[chosen];
  const row = listed?.cameras.find(({ id }) => id === draft?.id);
  const stateOf = (id: string): string | undefined => listed?.cameras.find((each) => each.id === id)?.state;

  const save = async (): Promise<void> => {
    const answer = await station.call('cameras.save', { cameras: drafts.map(cameraOf) });
    setProblems(answer.ok ? answer.value.problems : []);
    setRefused(answer.ok ? null : answer.error);
    const done = answer.ok && answer.value.problems.length === 0;
    setSaved(done);
    if (done) setTyped(null);
  };
  const edit = (change: Partial<CameraDraft>): void => {
    setSaved(false);
    setTyped(drafts.map((each, index) => (index === chosen ? { ...each, ...change } : each)));
  };
  const shownError = refused ?? error;
  return (
    <main className="cameras-screen">
      <header>
        <h2>{words.title}</h2>
        <button
          type="button"
          onClick={() => {
            setTyped([...drafts, emptyCamera]);
            setChosen(drafts.length);
          }}
        >
          {words.add}
        </button>
        {typed !== null && (
          <button type="button" className="primary" onClick={() => void save()}>
            {words.save}
          </button>
        )}
        {saved && <span role="status">{words.saved}</span>}
        {shownError !== null && (
          <span role="alert" className="error">
            {`${general.errors[shownError.code]} ${shownError.detail}`}
          </span>
        )}
        <button type="button" className="last" onClick={leave}>
          {words.back}
        </button>
      </header>
      <nav aria-label={words.list}>
        {drafts.length === 0 && <p>{words.none}</p>}
        {drafts.map((each, index) => (
          <button
            key={String(index)}
            type="button"
            aria-pressed={index === chosen}
            className={[
              problems.some(({ field }) => field.startsWith(`${String(index)}.`)) ? 'wrong' : '',
              stateOf(each.id) ?? '',
            ].join(' ')}
            onClick={() => {
              setChosen(index);
            }}
          >
            {each.label === '' ? each.id || words.unnamed : each.label}
          </button>
        ))}
        <FindCameras
          choose={({ name, host, port }) => {
            const found = { kind: 'onvif', host, port: String(port) };
            if (draft === emptyCamera || (draft?.kind === 'onvif' && draft.host === '')) {
              edit(draft.label === '' ? { ...found, label: name } : found);
              return;
            }
            setTyped([...drafts, { ...emptyCamera, ...found, label: name }]);
            setChosen(drafts.length);
          }}
        />
      </nav>
      {draft === undefined && listed !== null && <p className="camera">{words.noneYet}</p>}
      {draft !== undefined && (
        <section className="camera" aria-label={draft.label === '' ? draft.id : draft.label}>
          {row !== undefined && <CameraState key={row.id} row={row} pushUrls={listed?.pushUrls ?? []} />}
          <CameraForm
            draft={draft}
            problems={problems
              .filter(({ field }) => field.startsWith(`${String(chosen)}.`))
              .map(({ field, problem }) => ({ field: field.slice(String(chosen).length + 1), problem }))}
            change={edit}
          />
          <div className="buttons">
            <button
              type="button"
              onClick={() => {
                setTyped(drafts.filter((_, index) => index !== chosen));
                setChosen(0);
              }}
            >
              {words.remove}
            </button>
          </div>
        </section>
      )}
    </main>
  );
}
