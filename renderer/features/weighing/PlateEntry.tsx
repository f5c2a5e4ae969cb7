import { useState } from 'react';
import type { CallError, PlateColour } from '../../../station/contract.ts';
import { plateColours } from '../../../station/contract.ts';
import { SheetFoot } from '../../components/SheetFoot.tsx';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';

const provinces = [
  '晋',
  '冀',
  '豫',
  '陕',
  '蒙',
  '鲁',
  '京',
  '津',
  '苏',
  '皖',
  '鄂',
  '甘',
  '宁',
  '辽',
  '吉',
  '黑',
  '沪',
  '浙',
  '闽',
  '赣',
  '湘',
  '粤',
  '桂',
  '琼',
  '渝',
  '川',
  '贵',
  '云',
  '藏',
  '青',
  '新',
] as const;

export function PlateEntry({
  crossingId,
  initial,
  colour: initialColour,
  done,
}: {
  readonly crossingId: string;
  readonly initial: string;
  readonly colour: PlateColour;
  readonly done: () => void;
}): React.JSX.Element {
  const words = useWords();
  const [plate, setPlate] = useState(initial === '' ? '晋C' : initial);
  const [colour, setColour] = useState<PlateColour>(initialColour);
  const [error, setError] = useState<CallError | null>(null);
  return (
    <form
      className="sheet"
      aria-label={words.ui.enterPlate}
      onSubmit={(event) => {
        event.preventDefault();
        void station.call('plate.enter', { crossingId, plate, colour }).then((entered) => {
          if (entered.ok) done();
          else setError(entered.error);
        });
      }}
    >
      <h2>{words.ui.enterPlate}</h2>
      <input
        className="plate-input"
        aria-label={words.ui.plate}
        value={plate}
        maxLength={10}
        autoFocus
        spellCheck={false}
        onChange={(event) => {
          setPlate(event.target.value.toUpperCase());
        }}
      />
      <small>{words.ui.plateHint}</small>
      <div className="provinces">
        {provinces.map((province) => (
          <button
            key={province}
            type="button"
            tabIndex={-1}
            onClick={() => {
              setPlate(province + plate.slice(1));
            }}
          >
            {province}
          </button>
        ))}
      </div>
      <fieldset>
        <legend>{words.ui.colour}</legend>
        {plateColours.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="colour"
              checked={colour === each}
              onChange={() => {
                setColour(each);
              }}
            />
            {words.colours[each]}
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        className="unplated"
        onClick={() => {
          void station.call('plate.none', { crossingId }).then((stated) => {
            if (stated.ok) done();
            else setError(stated.error);
          });
        }}
      >
        {words.ui.unplated}
      </button>
      <SheetFoot error={error} cancel={done} />
    </form>
  );
}
