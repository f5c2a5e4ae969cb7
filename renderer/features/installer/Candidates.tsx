import type { CandidateView } from '../../../station/contract.ts';
import { modbusExceptionText } from '../../../station/contract.ts';
import type { InstallerWords } from '../../words/installerWords.ts';
import { usePreferences } from '../../store/preferences.ts';
import type { Found } from './useLive.ts';

/** What detection found, with its evidence; a person takes one. */
export function Candidates({
  found,
  words,
  take,
}: {
  readonly found: Found | null;
  readonly words: InstallerWords;
  readonly take: (candidate: CandidateView) => void;
}): React.JSX.Element | null {
  const chinese = usePreferences((state) => state.language) === 'zh';
  if (found === null) return null;
  if (found.running) {
    return (
      <div role="status">
        <p>{`${words.listening} ${found.at ?? ''} · ${words.step(found.nth, found.of, found.bytes)}`}</p>
        <progress {...(found.of > 1 ? { max: found.of, value: found.nth } : {})} />
        {found.nth > 1 && found.bytes === 0 && (
          <>
            <p className="doubt">{words.asking}</p>
            <p>{words.check}</p>
          </>
        )}
      </div>
    );
  }
  if (found.problem !== null) {
    return (
      <p role="alert" className="error">
        {found.problem}
      </p>
    );
  }
  if (found.candidates.length === 0) {
    // Not asked for yet, or stopped: nothing was said to have been found.
    if (found.of === 0 || found.nth < found.of) return null;
    return (
      <p role="alert" className="doubt">
        {found.bytes === 0 ? `${words.silentLine}${words.check}` : words.nothing}
      </p>
    );
  }
  return (
    <section aria-label={words.candidates}>
      <h3>{words.candidates}</h3>
      <ul className="candidates">
        {found.candidates.map((candidate) => (
          <li key={`${candidate.profile} ${String(candidate.baudRate)}`}>
            <div>
              <strong>{chinese ? candidate.labelZh : candidate.labelEn}</strong>
              <p>
                {`${candidate.baudRate === null ? '' : `${String(candidate.baudRate)} ${candidate.framing ?? ''} · `}${words.evidence(candidate.good, candidate.good + candidate.bad, candidate.coveredPercent)}${candidate.shows === null ? '' : ` · ${words.shows} ${candidate.shows}`}`}
              </p>
              {candidate.exception !== null && (
                <p className="doubt">{modbusExceptionText(candidate.exception, chinese)}</p>
              )}
              {candidate.directionAmbiguous && <p className="doubt">{words.ambiguous}</p>}
            </div>
            <button
              type="button"
              onClick={() => {
                take(candidate);
              }}
            >
              {words.take}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
