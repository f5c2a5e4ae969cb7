import type { PassageDetail } from '../../../station/contract.ts';
import { missedReasons } from '../../../station/contract.ts';
import { dateTime, kgDigits } from '../../components/format.ts';
import { Picture } from '../../components/Picture.tsx';
import { useCamerasWords } from '../cameras/useCamerasWords.ts';
import { sayTrouble } from '../../words/cameraTroubles.ts';
import { useStation } from '../../store/station.ts';

/**
 * The pictures of the moment of weighing. What is written over them is written by the screen: the stored bytes are the
 * camera's own.
 */
export function Shots({ detail }: { readonly detail: PassageDetail }): React.JSX.Element | null {
  const words = useCamerasWords();
  const name = useStation((state) => state.view?.station.name ?? '');
  const { row, shots } = detail;
  if (shots === null) return null;
  const why = (missed: string): string => {
    if (missed === missedReasons.noAddress) return words.missedWhy.noAddress;
    if (missed === missedReasons.stopped) return words.missedWhy.stopped;
    return sayTrouble(words.troubles, missed);
  };
  const overlay = [row.plate, `${kgDigits(row.weighedKg)} kg`, name, dateTime(row.timeMs), row.displayNumber];
  return (
    <div className="shots">
      {shots.map(({ camera, view, sha256, missed, origin }) => (
        <figure key={camera}>
          <figcaption>{`${words.views[view]} · ${camera}${origin === 'asked' ? '' : ` · ${words.fromPlate}`}${missed === null ? '' : ` · ${words.missed}: ${why(missed)}`}`}</figcaption>
          {sha256 !== null && (
            <>
              <Picture sha256={sha256} label={words.views[view]} />
              <span className="overlay">{overlay.join(' · ')}</span>
            </>
          )}
        </figure>
      ))}
    </div>
  );
}
