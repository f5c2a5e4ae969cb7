import { useStation } from '../../store/station.ts';
import './cameras.css';
import { LivePicture } from './LivePicture.tsx';
import { useCamerasWords } from './useCamerasWords.ts';

const most = 4;
const none: readonly never[] = [];

/** The lane's cameras beside the truck's card; nothing where no camera gives a live picture. */
export function LiveStrip(): React.JSX.Element | null {
  const words = useCamerasWords();
  const live = useStation((state) => state.view?.live) ?? none;
  if (live.length === 0) return null;
  return (
    <div className="live-strip" role="group" aria-label={words.live}>
      {live.slice(0, most).map(({ camera, label }) => (
        <LivePicture key={camera} camera={camera} label={label} />
      ))}
    </div>
  );
}
