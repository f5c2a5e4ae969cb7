import type { PlateSuggestion } from '../../../station/contract.ts';
import { PlateMark } from '../../components/PlateMark.tsx';
import { usePreferences } from '../../store/preferences.ts';
import { suggestionEn } from '../../words/suggestionEn.ts';
import { suggestionZh } from '../../words/suggestionZh.ts';
import './suggestion.css';

/** Another plate than the camera read; one key takes it, and nothing else does. */
export function Suggestion({
  suggestion,
  take,
}: {
  readonly suggestion: PlateSuggestion;
  readonly take: () => void;
}): React.JSX.Element {
  const words = usePreferences((state) => state.language) === 'en' ? suggestionEn : suggestionZh;
  const { read, plate, colour, why, differs, registered, percent } = suggestion;
  return (
    <section className="suggestion" aria-label={words.title}>
      <p>
        {read === null ? (
          words.nothingRead
        ) : (
          <>
            {`${percent === null ? words.read : words.readInPicture} `}
            <span className="read">
              {Array.from(read, (character, at) =>
                differs.includes(at) ? <mark key={at}>{character}</mark> : character,
              )}
            </span>
          </>
        )}
        {' → '}
        <PlateMark plate={plate} colour={colour} />
      </p>
      <p className="why">
        {[
          registered ? words.registered : words.notRegistered,
          ...(percent === null ? [] : [`${words.sure} ${String(percent)}%`]),
          ...why.map((each) => words.why[each]),
        ].join(' · ')}
      </p>
      <button type="button" onClick={take}>
        <kbd>{words.key}</kbd> {words.take}
      </button>
    </section>
  );
}
