import type { PassageRow } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';
import { Statement } from '../../components/Statement.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';

/** 作废: the record stays, its slip is good for nothing from now on. */
export function VoidForm({
  row,
  done,
  cancel,
}: {
  readonly row: PassageRow;
  readonly done: () => void;
  readonly cancel: () => void;
}): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  return (
    <Statement
      title={records.void}
      means={records.voidMeans}
      action={records.void}
      summary={`${records.void} ${row.displayNumber} · ${row.plate} · ${words.kinds[row.kind]} ${kgDigits(row.weighedKg)} kg`}
      danger
      send={(said) => station.call('weighing.void', { number: row.number, ...said })}
      done={done}
      cancel={cancel}
    />
  );
}
