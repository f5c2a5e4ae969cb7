import { useEffect, useState } from 'react';
import type { CallError, Manifest } from '../../../station/contract.ts';
import { DayInput } from '../../components/DayInput.tsx';
import { dateTime, tonnes } from '../../components/format.ts';
import { saveFile } from '../../components/saveFile.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { station } from '../../store/station.ts';

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;

/** 装载清单 of a day or a month. */
export function ManifestPanel({
  fail,
}: {
  readonly fail: (error: CallError | null) => void;
}): React.JSX.Element {
  const books = useBooksWords();
  const [today] = useState(() => dateTime(Date.now()).slice(0, 10));
  const [from, setFrom] = useState<string | null>(today);
  const [to, setTo] = useState<string | null>(today);
  const [manifest, setManifest] = useState<Manifest | null>(null);
  useEffect(() => {
    if (from === null || to === null) return;
    let current = true;
    void station.call('manifest.get', { from, to }).then((got) => {
      if (current && got.ok) setManifest(got.value);
    });
    return () => {
      current = false;
    };
  }, [from, to]);
  const give = async (form: 'xlsx' | 'pdf' | 'print'): Promise<void> => {
    if (from === null || to === null) return;
    const file = await station.call('manifest.export', { from, to, form });
    fail(file.ok ? null : file.error);
    if (file.ok && form !== 'print') saveFile(file.value, types[form]);
  };
  return (
    <section aria-label={books.manifest}>
      <h3>{books.manifest}</h3>
      <div className="filters">
        <DayInput label={books.from} value={from} change={setFrom} />
        <DayInput label={books.to} value={to} change={setTo} />
        <button type="button" onClick={() => void give('print')}>
          {books.print}
        </button>
        <button type="button" onClick={() => void give('pdf')}>
          {books.savePdf}
        </button>
        <button type="button" onClick={() => void give('xlsx')}>
          {books.saveXlsx}
        </button>
      </div>
      {manifest !== null && (
        <dl className="book-figures">
          <div>
            <dt>{books.trucks}</dt>
            <dd>{`${String(manifest.trucks)} · ${books.net(tonnes(manifest.netKg), manifest.withoutNet)}`}</dd>
          </div>
          {manifest.goods.map(({ goods, trucks, netKg, withoutNet }) => (
            <div key={goods ?? ''}>
              <dt>{goods ?? '—'}</dt>
              <dd>{`${books.net(tonnes(netKg), withoutNet)} · ${String(trucks)} ${books.trucks}`}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
