import type { CallOutput } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { useWords } from '../../store/preferences.ts';

/** The books in figures; what needs a look stands out. */
export function FigureList({ look }: { readonly look: CallOutput<'inspection.look'> }): React.JSX.Element {
  const books = useBooksWords();
  const words = useWords();
  const { figures: f, state } = look;
  const { figures: names } = books;
  const time = (ms: number | null): string => (ms === null ? books.none : dateTime(ms));
  const rows: readonly (readonly [label: string, value: string, bad: boolean])[] = [
    [
      `${names.tail} (${String(f.tail.checked)})`,
      f.tail.fault ?? `${books.fine} #${String(f.head.sequence)} ${f.head.hash.slice(0, 16)}`,
      f.tail.fault !== null,
    ],
    [names.numbers, `${String(f.weighings)} / ${String(f.lastNumber)}`, f.missingNumbers.length > 0],
    [
      names.missingNumbers,
      f.missingNumbers.length === 0 ? books.none : f.missingNumbers.slice(0, 12).join(' '),
      f.missingNumbers.length > 0,
    ],
    ...(state.contradiction === null ? [] : [[names.contradiction, state.contradiction, true] as const]),
    [names.restores, f.restores.length === 0 ? books.none : String(f.restores.length), false],
    ...f.restores.map(
      (each) =>
        [
          `↩ ${dateTime(each.timeMs)}`,
          books.restored(each, time(each.headTimeMs)),
          each.lostEvents !== null || each.lostNumbers !== null || each.unsigned > 0,
        ] as const,
    ),
    [names.crossings, `${String(f.crossings)} / ${String(f.unexplained)}`, f.unexplained > 0],
    [names.amended, [f.voids, f.corrections, f.manual, f.releases].map(String).join(' / '), false],
    [
      names.verification,
      `${books.verification[state.verification.state]} ${state.verification.expires ?? ''}`,
      state.verification.state === 'expired',
    ],
    [
      names.rules,
      state.ruleSets.map(({ id, version, from }) => `${id} v${String(version)} (${from})`).join(', ') ||
        books.none,
      state.ruleSets.length === 0,
    ],
    [
      names.clock,
      `${String(f.clockSteps.count)} (${String(Math.round(f.clockSteps.largestMs / 1000))} s)`,
      false,
    ],
    [names.oldestRecord, `${time(f.oldestRecordMs)} · ${books.keep(state.retention.recordMonths)}`, false],
    [
      names.oldestPicture,
      f.oldestPicture === null
        ? books.none
        : `${time(f.oldestPicture.timeMs)} ${f.oldestPicture.kept ? books.fine : books.gone} · ${books.keep(state.retention.pictureMonths)}`,
      f.oldestPicture?.kept === false,
    ],
    [
      names.sync,
      state.sync.state === 'off'
        ? words.sync.off
        : `${String(state.sync.waiting)} / ${String(state.sync.setAside)} · ${time(state.sync.lastDeliveredAtMs)}`,
      state.sync.setAside > 0,
    ],
    [names.key, state.keyId ?? books.none, state.keyId === null],
  ];
  return (
    <dl className="book-figures">
      {rows.map(([label, value, bad]) => (
        <div key={label} className={bad ? 'bad' : ''}>
          <dt>{label}</dt>
          <dd>{`${bad ? '✖ ' : ''}${value}`}</dd>
        </div>
      ))}
    </dl>
  );
}
