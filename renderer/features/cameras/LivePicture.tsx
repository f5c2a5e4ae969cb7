import { useEffect, useState } from 'react';
import { station } from '../../store/station.ts';
import { sayTrouble } from '../../words/cameraTroubles.ts';
import { useCamerasWords } from './useCamerasWords.ts';

const pauseAfterProblemMs = 1500;

/** One camera as it is now: asks for the next picture when the one before is shown, for as long as it is on screen. */
export function LivePicture({
  camera,
  label,
}: {
  readonly camera: string;
  readonly label: string;
}): React.JSX.Element {
  const words = useCamerasWords();
  const [source, setSource] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    let afterMs = 0;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const next = async (): Promise<void> => {
      const got = await station.call('live.next', { camera, afterMs });
      if (!current) return;
      if (got.ok) {
        afterMs = got.value.atMs;
        setSource(`data:image/jpeg;base64,${got.value.base64}`);
        setProblem(null);
        void next();
        return;
      }
      // An old picture must not look like the present.
      setSource(null);
      setProblem(got.error.detail);
      timer = setTimeout(() => void next(), pauseAfterProblemMs);
    };
    void next();
    return () => {
      current = false;
      if (timer !== null) clearTimeout(timer);
    };
  }, [camera]);
  const why = sayTrouble(words.troubles, problem ?? '');
  return (
    <figure className="live-picture">
      {source === null ? (
        <p title={why}>{`${words.noLive} ${why}`}</p>
      ) : (
        <img src={source} alt={`${words.live} ${label}`} />
      )}
      <figcaption>{label}</figcaption>
    </figure>
  );
}
