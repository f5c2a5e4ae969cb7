import { useState } from 'react';
import type { CallError, CallOutput, SampleRow } from '../../../station/contract.ts';
import { dateTime, kgDigits } from '../../components/format.ts';
import { saveFile } from '../../components/saveFile.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { openPassage } from '../passages/openPassage.ts';
import { useRecheckWords } from '../trace/useRecheckWords.ts';

const defaultCount = 8;

/** Rows at random, each made out again; and the summary that is signed of them. */
export function SamplePanel(): React.JSX.Element {
  const books = useBooksWords();
  const words = useWords();
  const [count, setCount] = useState(String(defaultCount));
  const [seed, setSeed] = useState('');
  const [sample, setSample] = useState<CallOutput<'inspection.sample'> | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const draw = async (): Promise<void> => {
    const drawn = await station.call('inspection.sample', {
      count: Number(count),
      seed: seed.trim() === '' ? null : seed.trim(),
    });
    setError(drawn.ok ? null : drawn.error);
    if (!drawn.ok) return;
    setSample(drawn.value);
    setSeed(drawn.value.seed);
  };
  return (
    <section className="sample" aria-label={books.sample}>
      <h3>{books.sample}</h3>
      <form
        className="filters"
        aria-label={books.sample}
        onSubmit={(event) => {
          event.preventDefault();
          void draw();
        }}
      >
        <label>
          {books.count}{' '}
          <input
            inputMode="numeric"
            size={3}
            value={count}
            maxLength={2}
            onChange={(event) => {
              setCount(event.target.value.replaceAll(/\D/g, ''));
            }}
          />
        </label>
        <label>
          {books.seed}{' '}
          <input
            value={seed}
            maxLength={64}
            size={34}
            placeholder={books.seedHint}
            onChange={(event) => {
              setSeed(event.target.value);
            }}
          />
        </label>
        <button type="submit">{books.draw}</button>
      </form>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      {sample !== null && <SampleTable rows={sample.rows} />}
      {sample !== null && <SignForm count={Number(count)} seed={sample.seed} />}
    </section>
  );
}

function SampleTable({ rows }: { readonly rows: readonly SampleRow[] }): React.JSX.Element {
  const books = useBooksWords();
  const { ui } = useWords();
  const say = useRecheckWords();
  const open = (number: number): void => {
    openPassage(number);
    showScreen('passages');
  };
  return (
    <table className="passages">
      <thead>
        <tr>
          {[ui.number, ui.time, ui.plate, ui.gross, books.checked].map((head) => (
            <th key={head} scope="col" className={head === ui.gross ? 'figure' : ''}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.check.number}
            tabIndex={0}
            className={row.doubtful ? 'refuse' : 'allow'}
            onClick={() => {
              open(row.check.number);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') open(row.check.number);
            }}
          >
            <td>{row.check.number}</td>
            <td>{dateTime(row.timeMs)}</td>
            <td className="strong">{`${row.plate}${row.voided ? ` ${books.voided}` : ''}`}</td>
            <td className="figure">{kgDigits(row.weighedKg)}</td>
            <td>{`${row.doubtful ? `✖ ${books.doubtful}` : `✔ ${books.holds}`} · ${say(row.check).join(' · ')}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SignForm({ count, seed }: { readonly count: number; readonly seed: string }): React.JSX.Element {
  const books = useBooksWords();
  const words = useWords();
  const [inspector, setInspector] = useState('');
  const [remark, setRemark] = useState('');
  const [working, setWorking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const sign = async (): Promise<void> => {
    setWorking(true);
    const signed = await station.call('inspection.sign', { inspector, remark, count, seed });
    setWorking(false);
    if (!signed.ok) {
      setSaid(`✖ ${words.errors[signed.error.code]} ${signed.error.detail}`);
      return;
    }
    const { fileName, base64, json, found, notPrinted } = signed.value;
    saveFile({ fileName, base64 }, 'application/pdf');
    const bytes = new TextEncoder().encode(json);
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    saveFile({ fileName: fileName.replace(/\.pdf$/, '.json'), base64: text }, 'application/json');
    setSaid(`${books.signed(found)}${notPrinted === null ? '' : ` · ${books.notPrinted} ${notPrinted}`}`);
  };
  return (
    <form
      className="filters"
      aria-label={books.sign}
      onSubmit={(event) => {
        event.preventDefault();
        if (inspector.trim() !== '') void sign();
      }}
    >
      <label>
        {books.inspector}{' '}
        <input
          value={inspector}
          maxLength={80}
          onChange={(event) => {
            setInspector(event.target.value);
          }}
        />
      </label>
      <label>
        {books.remark}{' '}
        <input
          value={remark}
          maxLength={500}
          size={30}
          onChange={(event) => {
            setRemark(event.target.value);
          }}
        />
      </label>
      <button type="submit" className="primary" disabled={working || inspector.trim() === ''}>
        {books.sign}
      </button>
      {said !== null && <p role="status">{said}</p>}
    </form>
  );
}
