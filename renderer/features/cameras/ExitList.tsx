import { useEffect, useState } from 'react';
import type { ExitRow } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { Picture } from '../../components/Picture.tsx';
import { PlateMark } from '../../components/PlateMark.tsx';
import { showScreen } from '../../store/preferences.ts';
import { station, useStation } from '../../store/station.ts';
import { openPassage } from '../passages/openPassage.ts';
import { useCamerasWords } from './useCamerasWords.ts';

const shownRows = 40;

/** Who was seen leaving, and with what right: what stands out stands out here. */
export function ExitList(): React.JSX.Element {
  const words = useCamerasWords();
  const [suspiciousOnly, setSuspiciousOnly] = useState(true);
  const [rows, setRows] = useState<readonly ExitRow[]>([]);
  // A truck at the exit changes what the strip of faults says.
  const left = useStation(
    (state) => state.view?.faults.find(({ code }) => code === 'left-without-leave')?.detail ?? '',
  );
  useEffect(() => {
    let current = true;
    void station
      .call('exits.list', { beforeSequence: null, limit: shownRows, suspiciousOnly })
      .then((got) => {
        if (current && got.ok) setRows(got.value.rows);
      });
    return () => {
      current = false;
    };
  }, [suspiciousOnly, left]);
  return (
    <section className="exits" aria-label={words.exits}>
      <h3>
        {words.exits}
        <label>
          <input
            type="checkbox"
            checked={suspiciousOnly}
            onChange={(event) => {
              setSuspiciousOnly(event.target.checked);
            }}
          />
          {words.suspiciousOnly}
        </label>
      </h3>
      {rows.length === 0 && <p>{words.noExits}</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.sequence} className={row.suspicious ? 'suspicious' : ''}>
            <PlateMark plate={row.plate} colour={row.colour} />
            <strong>{`${row.suspicious ? '⚠ ' : ''}${words.found[row.found]}`}</strong>
            <time>{dateTime(row.timeMs)}</time>
            {row.number !== null && <OpenPassage number={row.number} label={words.passage} />}
            {row.pictures.slice(0, 1).map((sha256) => (
              <Picture key={sha256} sha256={sha256} label={row.plate} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function OpenPassage({
  number,
  label,
}: {
  readonly number: number;
  readonly label: string;
}): React.JSX.Element {
  return (
    <button
      type="button"
      onClick={() => {
        openPassage(number);
        showScreen('passages');
      }}
    >
      {`${label} ${String(number)}`}
    </button>
  );
}
