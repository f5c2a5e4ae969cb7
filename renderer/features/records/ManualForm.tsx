import { useState } from 'react';
import type { PlateColour, WeighingKind } from '../../../station/contract.ts';
import { plateColours } from '../../../station/contract.ts';
import { Choose } from '../../components/Choose.tsx';
import { dateTime, kgDigits } from '../../components/format.ts';
import { readMoment } from '../../components/readMoment.ts';
import { Statement } from '../../components/Statement.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';

const kinds: readonly WeighingKind[] = ['tare', 'gross'];
const mostKg = 1_000_000;

/** A weight typed by hand, with where it was read and why no indicator gave it. */
export function ManualForm({
  done,
  cancel,
}: {
  readonly done: () => void;
  readonly cancel: () => void;
}): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  const [plate, setPlate] = useState('');
  const [colour, setColour] = useState<PlateColour>('yellow');
  const [kind, setKind] = useState<WeighingKind>('gross');
  const [weight, setWeight] = useState('');
  const [time, setTime] = useState(() => dateTime(Date.now()).slice(0, 16));
  const [source, setSource] = useState('');
  const statedKg = /^\d{1,7}$/.test(weight.trim()) ? Number(weight.trim()) : null;
  const weighedAtMs = readMoment(time);
  const complete =
    plate.trim() !== '' &&
    statedKg !== null &&
    statedKg > 0 &&
    statedKg <= mostKg &&
    weighedAtMs !== null &&
    source.trim().length >= 2;
  const text = (
    label: string,
    value: string,
    change: (text: string) => void,
    more: Partial<React.ComponentProps<'input'>> = {},
  ): React.JSX.Element => (
    <label>
      {label}
      <input
        value={value}
        spellCheck={false}
        onChange={(event) => {
          change(event.target.value);
        }}
        {...more}
      />
    </label>
  );
  return (
    <div className="manual manual-form">
      <strong className="manual-mark">{records.manualMark}</strong>
      <Statement
        title={records.manual}
        means={records.manualMeans}
        action={records.manual}
        summary={
          complete
            ? `${records.manual} ${plate.trim()} ${words.colours[colour]} · ${words.kinds[kind]} ${kgDigits(statedKg)} kg · ${dateTime(weighedAtMs)} · ${source.trim()}`
            : null
        }
        send={(said) =>
          station.call('manual.put', {
            ...said,
            plate: plate.trim(),
            colour,
            kind,
            source: source.trim(),
            statedKg: statedKg ?? 0,
            weighedAtMs: weighedAtMs ?? 0,
          })
        }
        done={done}
        cancel={cancel}
      >
        {text(
          words.ui.plate,
          plate,
          (typed) => {
            setPlate(typed.toUpperCase());
          },
          { maxLength: 20, autoFocus: true },
        )}
        <label>
          {words.ui.colour}
          <Choose options={plateColours} words={words.colours} value={colour} change={setColour} />
        </label>
        <label>
          {words.ui.kind}
          <Choose options={kinds} words={words.kinds} value={kind} change={setKind} />
        </label>
        {text(records.stated, weight, setWeight, {
          inputMode: 'numeric',
          maxLength: 7,
          'aria-invalid': weight !== '' && statedKg === null,
        })}
        {text(records.weighedAt, time, setTime, { maxLength: 20, 'aria-invalid': weighedAtMs === null })}
        {text(records.source, source, setSource, { maxLength: 500, placeholder: records.sourceHint })}
      </Statement>
    </div>
  );
}
