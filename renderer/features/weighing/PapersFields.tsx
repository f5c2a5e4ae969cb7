import type { StatedPapers } from '../../../station/contract.ts';
import { emissionStages } from '../../../station/contract.ts';
import { ChooseOrAll } from '../../components/Choose.tsx';
import { DayInput } from '../../components/DayInput.tsx';
import { PictureField } from '../register/PictureField.tsx';
import { useWords } from '../../store/preferences.ts';
import { wholeOrNull } from './wholeOrNull.ts';

/** What is read off the vehicle's papers: how long they hold, what it may carry, how clean it is. */
export function PapersFields({
  of,
  load,
  loadLabel,
  papers,
  set,
}: {
  /** A trailer has no engine, and no emission stage. */
  readonly of: 'vehicle' | 'trailer';
  /** Of its 核定载质量: `due` has to be stated before it may leave; what pulls a semi-trailer has `none`. */
  readonly load: 'due' | 'asked' | 'none';
  readonly loadLabel: string;
  readonly papers: StatedPapers;
  readonly set: (papers: StatedPapers) => void;
}): React.JSX.Element {
  const words = useWords();
  const day = (name: 'licenceExpires' | 'permitExpires', label: string): React.JSX.Element => (
    <DayInput
      label={label}
      value={papers[name]}
      change={(read) => {
        set({ ...papers, [name]: read });
      }}
    />
  );
  const picture = (name: 'licencePicture' | 'permitPicture', label: string): React.JSX.Element => (
    <PictureField
      label={label}
      sha256={papers[name] ?? ''}
      change={(kept) => {
        set({ ...papers, [name]: typeof kept === 'string' ? kept : null });
      }}
    />
  );
  return (
    <div className="papers">
      {day('licenceExpires', words.ui.licenceExpires)}
      {day('permitExpires', words.ui.permitExpires)}
      {load !== 'none' && (
        <label className={load === 'due' && papers.licenceLoadKg === null ? 'number due' : 'number'}>
          {loadLabel}
          <input
            inputMode="numeric"
            pattern="[0-9]{0,6}"
            title={words.ui.wholeNumber}
            defaultValue={papers.licenceLoadKg ?? ''}
            onChange={(event) => {
              set({ ...papers, licenceLoadKg: wholeOrNull(event.target.value) });
            }}
          />
        </label>
      )}
      {of === 'vehicle' && <Emission papers={papers} set={set} />}
      {picture('licencePicture', words.ui.licencePicture)}
      {picture('permitPicture', words.ui.permitPicture)}
    </div>
  );
}

function Emission({
  papers,
  set,
}: {
  readonly papers: StatedPapers;
  readonly set: (papers: StatedPapers) => void;
}): React.JSX.Element {
  const words = useWords();
  return (
    <label className="number">
      {words.ui.emission}
      <ChooseOrAll
        options={emissionStages}
        words={words.emissions}
        value={papers.emission}
        change={(emission) => {
          set({ ...papers, emission });
        }}
        all={words.ui.unknown}
      />
    </label>
  );
}
