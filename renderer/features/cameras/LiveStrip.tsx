import { useState } from 'react';
import { useStation } from '../../store/station.ts';
import './cameras.css';
import { LivePicture } from './LivePicture.tsx';
import { useCamerasWords } from './useCamerasWords.ts';

/** As many as a station has. */
const most = 8;
const inOneRow = 4;
const none: readonly never[] = [];

/** The lane's cameras beside the truck's card; nothing where no camera gives a live picture. */
export function LiveStrip(): React.JSX.Element | null {
  const words = useCamerasWords();
  const [large, setLarge] = useState<string | null>(null);
  const live = useStation((state) => state.view?.live) ?? none;
  if (live.length === 0) return null;
  const shown = live.find(({ camera }) => camera === large);
  return (
    <>
      <div
        className={live.length > inOneRow ? 'live-strip two-rows' : 'live-strip'}
        role="group"
        aria-label={words.live}
      >
        {live.slice(0, most).map(({ camera, label }) => (
          <button
            key={camera}
            type="button"
            className="live-cell"
            onClick={(event) => {
              // The keys of the desk go on working.
              event.currentTarget.blur();
              setLarge(camera);
            }}
          >
            <LivePicture camera={camera} label={label} />
          </button>
        ))}
      </div>
      {shown !== undefined && (
        <button
          type="button"
          className="live-large"
          aria-label={words.closeLarge}
          onClick={() => {
            setLarge(null);
          }}
        >
          <LivePicture camera={shown.camera} label={shown.label} />
        </button>
      )}
    </>
  );
}
