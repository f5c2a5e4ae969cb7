import type { Fault } from '../../station/contract.ts';
import { useCamerasWords } from '../features/cameras/useCamerasWords.ts';
import { useExitsWords } from '../features/exits/useExitsWords.ts';
import { openPassage } from '../features/passages/openPassage.ts';
import { openRecords } from '../features/records/openRecords.ts';
import { showScreen, useWords } from '../store/preferences.ts';
import { sayMissed } from '../words/cameraTroubles.ts';
import { station } from '../store/station.ts';
import { useRecordsWords } from './useRecordsWords.ts';

/** What is wrong with the station, in words, with what to do; stays until it is put right. */
export function FaultStrip({
  faults,
  down,
}: {
  readonly faults: readonly Fault[];
  readonly down: boolean;
}): React.JSX.Element | null {
  const words = useWords();
  const records = useRecordsWords();
  const exits = useExitsWords();
  const cameras = useCamerasWords();
  if (faults.length === 0 && !down) return null;
  return (
    <ul className="faults" role="alert">
      {down && <li>{words.ui.connectionDown}</li>}
      {faults.map(({ code, detail }) => (
        <li key={code}>
          {words.faults[code]}
          {code === 'key-unusable'
            ? keyTrouble(detail, records.troubles)
            : code === 'pictures-missed'
              ? sayMissed(cameras.troubles, detail)
              : detail}
          {code === 'key-unusable' && (
            <button
              type="button"
              onClick={() => {
                openRecords('keys');
              }}
            >
              {records.openKeys}
            </button>
          )}
          {code === 'left-without-leave' && (
            <button
              type="button"
              onClick={() => {
                showScreen('exits');
              }}
            >
              {exits.look}
            </button>
          )}
          {code === 'late-plate-differs' && (
            <button
              type="button"
              onClick={() => {
                openPassage(Number.parseInt(detail, 10));
                showScreen('passages');
              }}
            >
              {exits.look}
            </button>
          )}
          {code === 'clock-backwards' && (
            <button type="button" onClick={() => void station.call('clock.confirm', {})}>
              {words.ui.confirmClock}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The station names the kind of trouble first; what the system said of it is for the keys' own screen. */
function keyTrouble(detail: string, troubles: Readonly<Record<string, string>>): string {
  return troubles[detail.split(' ', 1)[0] ?? ''] ?? detail;
}
