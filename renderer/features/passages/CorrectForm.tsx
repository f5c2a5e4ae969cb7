import { useState } from 'react';
import type { CorrectedField, PassageDetail } from '../../../station/contract.ts';
import { Choose } from '../../components/Choose.tsx';
import { Statement } from '../../components/Statement.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { station } from '../../store/station.ts';

const fields: readonly CorrectedField[] = [
  'plate',
  'trailerPlate',
  'goods',
  'consignee',
  'destination',
  'shipper',
  'contract',
  'driver',
  'loader',
];

/** What a field says now: as it was corrected last, otherwise as it was recorded. */
export function fieldNow({ row, amendments }: PassageDetail, field: CorrectedField): string | null {
  const corrected = amendments.corrections.findLast((each) => each.field === field);
  if (corrected !== undefined) return corrected.now;
  if (field === 'plate') return row.plate;
  return field === 'trailerPlate' ? row.trailerPlate : row.load[field];
}

/** 更正: a word of a record is put right; what was written stays. */
export function CorrectForm({
  detail,
  done,
  cancel,
}: {
  readonly detail: PassageDetail;
  readonly done: () => void;
  readonly cancel: () => void;
}): React.JSX.Element {
  const records = useRecordsWords();
  const [field, setField] = useState<CorrectedField>('plate');
  const [text, setText] = useState('');
  const before = fieldNow(detail, field);
  const isPlate = field === 'plate' || field === 'trailerPlate';
  const now = text.trim() === '' ? null : text.trim();
  const named = `${records.fields[field]} ${before ?? records.nothing} → ${now ?? records.nothing}`;
  return (
    <Statement
      title={records.correct}
      means={records.correctMeans}
      action={records.correct}
      summary={now === before ? null : `${detail.row.displayNumber} ${named}`}
      send={(said) => station.call('record.correct', { number: detail.row.number, field, now, ...said })}
      done={done}
      cancel={cancel}
    >
      <label>
        {records.field}
        <Choose
          options={fields}
          words={records.fields}
          value={field}
          autoFocus
          change={(chosen) => {
            setField(chosen);
            setText('');
          }}
        />
      </label>
      <label>
        {records.before}
        <output>{before ?? records.nothing}</output>
      </label>
      <label>
        {records.now}
        <input
          value={text}
          maxLength={isPlate ? 20 : 80}
          spellCheck={false}
          onChange={(event) => {
            setText(isPlate ? event.target.value.toUpperCase() : event.target.value);
          }}
        />
      </label>
    </Statement>
  );
}
