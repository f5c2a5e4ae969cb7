import type { InstrumentLive } from '../../../station/contract.ts';
import { modbusExceptionText } from '../../../station/contract.ts';
import { usePreferences } from '../../store/preferences.ts';
import { kgDigits } from '../../components/format.ts';
import type { InstallerWords } from '../../words/installerWords.ts';

const shownChunks = 10;
/** Of one chunk: 24 bytes. */
const shownHex = 48;

/** The line as it is: the number read from it, frames a second, what was rejected, and the bytes themselves. */
export function LivePanel({
  live,
  listening,
  words,
}: {
  readonly live: InstrumentLive | null;
  readonly listening: boolean;
  readonly words: InstallerWords;
}): React.JSX.Element {
  const chinese = usePreferences((state) => state.language) === 'zh';
  if (live === null || live.source === 'none')
    return (
      <section className="live" aria-label={words.live}>
        {listening ? words.paused : words.states.down}
      </section>
    );
  const rejected = live.rejected
    .map(({ reason, count }) => `${words.reasons[reason]} ${String(count)}`)
    .join(' · ');
  return (
    <section className="live" aria-label={words.live}>
      <div>
        <p>{`${live.line} · ${words.states[live.state]} ${live.detail}`}</p>
        <p className="reads">
          {words.shows} <strong>{live.kg === null ? '—' : `${kgDigits(live.kg)} kg`}</strong>
        </p>
        <p>{`${words.framesPerSecond} ${live.framesPerSecond.toFixed(1)} · ${words.rejected} ${rejected === '' ? '0' : rejected}`}</p>
        {live.exception !== null && (
          <p role="alert" className="error">
            {modbusExceptionText(live.exception, chinese)}
          </p>
        )}
        {live.fault !== null && (
          <p role="alert" className="error">
            {`${words.disagrees[live.fault.kind]} ${live.fault.detail}`}
          </p>
        )}
        {live.neighbours.length > 0 && (
          <ul aria-label={words.neighbours}>
            {live.neighbours.map((each) => (
              <li key={each.address} className={each.state}>
                {`${each.name} @${each.address} · ${words.states[each.state]} ${each.detail} · `}
                <strong>{each.kg === null ? '—' : `${kgDigits(each.kg)} kg`}</strong>
                {` · ${words.framesPerSecond} ${each.framesPerSecond.toFixed(1)} · ${words.answers(each.answered, each.asked)} · ${words.lost(each.silent, each.unreadable, each.disturbed, each.late)}`}
              </li>
            ))}
          </ul>
        )}
      </div>
      <pre aria-label={words.bytes}>
        {live.bytes
          .slice(-shownChunks)
          .map(
            ({ afterMs, hex }) =>
              `${String(afterMs).padStart(6)}  ${hex.slice(0, shownHex).padEnd(shownHex)}  ${asText(hex.slice(0, shownHex))}`,
          )
          .join('\n')}
      </pre>
    </section>
  );
}

function asText(hex: string): string {
  return (hex.match(/../g) ?? [])
    .map((pair) => {
      const code = Number.parseInt(pair, 16);
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·';
    })
    .join('');
}
