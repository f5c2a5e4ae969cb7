import type { ProfileView } from '../../../station/contract.ts';
import type { InstallerWords } from '../../words/installerWords.ts';
import type { NeighbourDraft } from './draft.ts';
import { emptyNeighbour } from './draft.ts';

/** The other indicators on the cable: each with a name, a protocol that answers, and its address in the options. */
export function Neighbours({
  drafts,
  profiles,
  chinese,
  words,
  change,
}: {
  readonly drafts: readonly NeighbourDraft[];
  readonly profiles: readonly ProfileView[];
  readonly chinese: boolean;
  readonly words: InstallerWords;
  readonly change: (drafts: readonly NeighbourDraft[]) => void;
}): React.JSX.Element {
  const set = (index: number, part: Partial<NeighbourDraft>): void => {
    change(drafts.map((each, at) => (at === index ? { ...each, ...part } : each)));
  };
  const fields: readonly (readonly [Exclude<keyof NeighbourDraft, 'others'>, string])[] = [
    ['name', words.neighbourName],
    ['options', words.options],
    ['divisionKg', words.division],
    ['maxKg', words.max],
  ];
  return (
    <fieldset className="neighbours">
      <legend>{words.neighbours}</legend>
      <p>{words.neighboursHint}</p>
      {drafts.map((draft, index) => (
        <div key={index} role="group" aria-label={`${words.neighbours} ${String(index + 1)}`}>
          <label>
            {words.profile}
            <select
              value={draft.profile}
              onChange={(event) => {
                set(index, { profile: event.target.value });
              }}
            >
              {profiles
                .filter(({ mode }) => mode !== 'stream')
                .map((profile) => (
                  <option key={profile.id} value={profile.id}>
                    {`${chinese ? profile.labelZh : profile.labelEn} (${profile.id})`}
                  </option>
                ))}
            </select>
          </label>
          {fields.map(([field, label]) => (
            <label key={field}>
              {label}
              <input
                value={draft[field]}
                spellCheck={false}
                onChange={(event) => {
                  set(index, { [field]: event.target.value });
                }}
              />
            </label>
          ))}
          <button
            type="button"
            onClick={() => {
              change(drafts.filter((_, at) => at !== index));
            }}
          >
            {words.remove}
          </button>
        </div>
      ))}
      <button
        type="button"
        onClick={() => {
          change([...drafts, emptyNeighbour]);
        }}
      >
        {words.addNeighbour}
      </button>
    </fieldset>
  );
}
