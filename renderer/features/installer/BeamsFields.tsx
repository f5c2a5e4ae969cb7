import { beamPlaces } from '../../../station/contract.ts';
import { usePreferences, useWords } from '../../store/preferences.ts';
import type { BeamsWords } from '../../words/beamsWords.ts';
import { installerEn, installerZh } from '../../words/installerWords.ts';
import type { BeamDraft, BeamsDraft } from './beamsDraft.ts';
import { baudRates, framings } from './draft.ts';
import { Choice, Text } from './LineForm.tsx';

/** Where the module is, and which of its inputs is which beam. */
export function BeamsFields({
  draft,
  words,
  change,
}: {
  readonly draft: BeamsDraft;
  readonly words: BeamsWords;
  readonly change: (part: Partial<BeamsDraft>) => void;
}): React.JSX.Element {
  const general = useWords();
  const line = usePreferences((state) => state.language) === 'zh' ? installerZh : installerEn;
  const text = (label: string, field: 'host' | 'port' | 'path' | 'unitId' | 'pollMs'): React.JSX.Element => (
    <Text
      label={label}
      value={draft[field]}
      change={(typed) => {
        change({ [field]: typed });
      }}
    />
  );
  const choice = (
    label: string,
    field: 'baudRate' | 'framing',
    options: readonly string[],
  ): React.JSX.Element => (
    <Choice
      label={label}
      value={draft[field]}
      options={options}
      change={(chosen) => {
        change({ [field]: chosen });
      }}
    />
  );
  return (
    <>
      <Named
        label={words.protocol}
        value={draft.protocol}
        names={words.protocols}
        change={(protocol) => {
          change({ protocol, otherLine: {} });
        }}
      />
      {draft.protocol === 'modbus-tcp' ? (
        <>
          {text(line.host, 'host')}
          {text(line.tcpPort, 'port')}
        </>
      ) : (
        <>
          {text(line.port, 'path')}
          {choice(line.baud, 'baudRate', baudRates)}
          {choice(line.framing, 'framing', framings)}
        </>
      )}
      {text(words.unit, 'unitId')}
      <Named
        label={words.table}
        value={draft.functionCode}
        names={words.tables}
        change={(functionCode) => {
          change({ functionCode });
        }}
      />
      {beamPlaces.map((place) => {
        const set = (part: Partial<BeamDraft>): void => {
          change({ beams: { ...draft.beams, [place]: { ...draft.beams[place], ...part } } });
        };
        return (
          <div key={place} role="group" aria-label={general.beamPlaces[place]} className="beam">
            <strong>{general.beamPlaces[place]}</strong>
            <Text
              label={words.address}
              value={draft.beams[place].address}
              change={(address) => {
                set({ address });
              }}
            />
            <Named
              label={words.polarity}
              value={draft.beams[place].brokenWhen}
              names={words.polarities}
              change={(brokenWhen) => {
                set({ brokenWhen });
              }}
            />
          </div>
        );
      })}
      <label>
        <input
          type="checkbox"
          checked={draft.refuse}
          onChange={(event) => {
            change({ refuse: event.target.checked });
          }}
        />
        {words.refuse}
      </label>
    </>
  );
}

function Named<T extends string>({
  label,
  value,
  names,
  change,
}: {
  readonly label: string;
  readonly value: T;
  readonly names: Readonly<Record<T, string>>;
  readonly change: (value: T) => void;
}): React.JSX.Element {
  const options = Object.keys(names) as T[];
  return (
    <label className="typed">
      {label}
      <select
        value={value}
        onChange={(event) => {
          const chosen = options.find((each) => each === event.target.value);
          if (chosen !== undefined) change(chosen);
        }}
      >
        {options.map((each) => (
          <option key={each} value={each}>
            {names[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
