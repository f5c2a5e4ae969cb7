import { useState } from 'react';
import type { CameraRow } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { isRefusedLogin, sayTrouble } from '../../words/cameraTroubles.ts';
import type { CamerasWords } from '../../words/camerasZh.ts';
import { useCamerasWords } from './useCamerasWords.ts';

type Tried =
  | { readonly kind: 'no' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'picture'; readonly source: string; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly detail: string };

/** How a camera stands: its line, its clock, what came from it, and a picture taken on the spot. */
export function CameraState({
  row,
  pushUrls,
}: {
  readonly row: CameraRow;
  readonly pushUrls: readonly string[];
}): React.JSX.Element {
  const words = useCamerasWords();
  const general = useWords();
  const [tried, setTried] = useState<Tried>({ kind: 'no' });
  const ask = async (): Promise<void> => {
    setTried({ kind: 'asking' });
    const got = await station.call('camera.try', { id: row.id });
    setTried(
      got.ok
        ? {
            kind: 'picture',
            source: `data:image/jpeg;base64,${got.value.base64}`,
            tookMs: got.value.tookMs,
          }
        : { kind: 'failed', detail: got.error.detail },
    );
  };
  const say = (text: string): string => sayTrouble(words.troubles, text.trim());
  const counts = Object.entries({ ...row.counts, ...row.faults }).filter(([, count]) => count > 0);
  const seconds = row.clockAheadMs === null ? null : Math.round(row.clockAheadMs / 1000);
  return (
    <div className="camera-state">
      <p className={`state ${row.state}`}>{`${general.deviceStates[row.state]} ${say(row.detail)}`}</p>
      {isRefusedLogin(row.detail) && <p>{words.troubles.refused}</p>}
      <p>{`${words.lastHeard} ${row.lastHeardAtMs === null ? words.never : dateTime(row.lastHeardAtMs)}`}</p>
      {row.lastPlate !== null && <p>{`${words.lastPlate} ${plateText(row.lastPlate, words)}`}</p>}
      {row.lastError !== null && (
        <p>{`${words.lastError} ${dateTime(row.lastError.atMs)} ${say(row.lastError.what)}`}</p>
      )}
      {seconds !== null && (
        <p className={Math.abs(seconds) > 1 ? 'alarm' : ''}>
          {Math.abs(seconds) > 1 ? words.clock(seconds) : words.clockRight}
        </p>
      )}
      {counts.length > 0 && (
        <p>{`${words.counts} ${counts.map(([what, count]) => `${say(what)} ${String(count)}`).join(' · ')}`}</p>
      )}
      {row.kind.endsWith('-push') && pushUrls.length > 0 && (
        <p>
          {words.pushTo} <code>{pushUrls.map((url) => `${url}${row.id}`).join(' ')}</code>
        </p>
      )}
      {row.pictures && (
        <button type="button" disabled={tried.kind === 'asking'} onClick={() => void ask()}>
          {tried.kind === 'asking' ? words.trying : words.tryIt}
        </button>
      )}
      {tried.kind === 'picture' && (
        <figure>
          <img src={tried.source} alt={row.label} />
          <figcaption>{words.tookMs(tried.tookMs)}</figcaption>
        </figure>
      )}
      {tried.kind === 'failed' && (
        <p role="alert" className="error">{`${words.noLive} ${say(tried.detail)}`}</p>
      )}
    </div>
  );
}

function plateText(
  { plate, atMs, direction, left }: NonNullable<CameraRow['lastPlate']>,
  words: CamerasWords,
): string {
  const parts = [plate ?? words.unread, dateTime(atMs), words.directions[direction]];
  return [...parts, ...(left === null ? [] : [words.leftOut[left]])].join(' · ');
}
