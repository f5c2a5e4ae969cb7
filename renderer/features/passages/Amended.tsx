import type { PassageDetail } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { useRecordsWords } from '../../components/useRecordsWords.ts';

/** What was said of a record after it was written. */
export function Amended({ detail }: { readonly detail: PassageDetail }): React.JSX.Element | null {
  const books = useBooksWords();
  const records = useRecordsWords();
  const { voided, corrections } = detail.amendments;
  if (voided === null && corrections.length === 0) return null;
  const value = (text: string | null): string => text ?? records.nothing;
  return (
    <dl className="record amended" aria-label={books.amendments}>
      <dt>{books.amendments}</dt>
      <dd>
        {voided !== null && (
          <p className="voided">
            <strong>{records.voided}</strong>
            {` ${voided.reason} · ${voided.operator ?? '—'} · ${dateTime(voided.timeMs)}`}
          </p>
        )}
        {corrections.map((each) => (
          <p key={`${String(each.timeMs)} ${each.field}`}>
            <strong>{`${records.fields[each.field]} ${value(each.before)} → ${value(each.now)}`}</strong>
            {` ${each.reason} · ${each.operator ?? '—'} · ${dateTime(each.timeMs)}`}
          </p>
        ))}
      </dd>
    </dl>
  );
}
