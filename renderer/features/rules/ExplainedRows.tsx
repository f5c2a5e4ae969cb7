import type { ExplainedRow } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';
import { useChinese, useRegisterWords } from '../register/useRegisterWords.ts';

const order = ['applied', 'fits', 'near'] as const;

/** The rows of the rule table beside one vehicle: which applied, which fits too, and which nearly did. */
export function ExplainedRows({ rows }: { readonly rows: readonly ExplainedRow[] }): React.JSX.Element {
  return (
    <>
      {order.map((how) => (
        <OneKind key={how} how={how} rows={rows.filter((row) => row.how === how)} />
      ))}
    </>
  );
}

function OneKind({
  how,
  rows,
}: {
  readonly how: ExplainedRow['how'];
  readonly rows: readonly ExplainedRow[];
}): React.JSX.Element | null {
  const words = useRegisterWords();
  const chinese = useChinese();
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{words[how]}</h3>
      <ul className="rows">
        {rows.map((row) => (
          <li key={row.id} className={row.how}>
            <strong>{`${kgDigits(row.limitKg)} kg`}</strong>
            <span>
              {chinese ? row.textZh : row.textEn}
              {row.failsBy !== null && (
                <em>{` ✕ ${words.failsBy(words.factNames[row.failsBy] ?? row.failsBy)}`}</em>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
