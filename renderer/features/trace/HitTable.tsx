import type { TraceHit } from '../../../station/contract.ts';
import { dateTime, kgDigits } from '../../components/format.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { useWords } from '../../store/preferences.ts';

const minuteMs = 60_000;

/** What a question found, the likeliest first; arrows and Enter. */
export function HitTable({
  hits,
  open,
}: {
  readonly hits: readonly TraceHit[];
  readonly open: (number: number) => void;
}): React.JSX.Element {
  const words = useWords();
  const books = useBooksWords();
  const { ui } = words;
  return (
    <table className="passages" aria-label={books.screens.trace}>
      <thead>
        <tr>
          {[
            ui.time,
            ui.plate,
            books.how,
            ui.number,
            ui.kind,
            ui.gross,
            ui.net,
            words.load.goods,
            words.load.consignee,
            words.load.driver,
            ui.decision,
          ].map((head) => (
            <th key={head} scope="col" className={head === ui.gross || head === ui.net ? 'figure' : ''}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hits.map((hit) => (
          <tr
            key={hit.number}
            tabIndex={0}
            className={hit.outcome ?? hit.kind}
            onClick={() => {
              open(hit.number);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') open(hit.number);
              const to = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const;
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
              event.preventDefault();
              const neighbour = event.currentTarget[to[event.key]];
              if (neighbour instanceof HTMLElement) neighbour.focus();
            }}
          >
            <td>
              {dateTime(hit.timeMs)}
              {hit.apartMs !== null && (
                <small>{` ${books.apart(Math.round(Math.abs(hit.apartMs) / minuteMs))}`}</small>
              )}
            </td>
            <td className="strong">
              {hit.plate}
              {hit.plateNow !== null && <small>{` ${books.correctedTo} ${hit.plateNow}`}</small>}
              {hit.trailerPlate !== null && <small>{` ${hit.trailerPlate}`}</small>}
            </td>
            <td>{books.found[hit.how]}</td>
            <td>{hit.displayNumber}</td>
            <td>{words.kinds[hit.kind]}</td>
            <td className="figure">{kgDigits(hit.weighedKg)}</td>
            <td className="figure">{hit.netKg === null ? '—' : kgDigits(hit.netKg)}</td>
            <td>{hit.goods ?? '—'}</td>
            <td>{hit.consignee ?? '—'}</td>
            <td>{hit.driver ?? '—'}</td>
            <td className="outcome">
              {`${hit.outcome === null ? '—' : words.outcomes[hit.outcome]}${hit.voided ? ` · ${books.voided}` : ''}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
