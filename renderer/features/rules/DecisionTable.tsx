import { useEffect, useState } from 'react';
import type { ExplainedRow, Explanation } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { useChinese, useRegisterWords } from '../register/useRegisterWords.ts';
import './rules.css';

const order = ['applied', 'fits', 'near'] as const;

/**
 * 判定表: the limits side by side, the facts with where they came from, the rules that applied or nearly did, and
 * what one fact more would change. Of a stored weighing, or of the vehicle on the scale when `number` is null.
 */
export function DecisionTable({ number }: { readonly number: number | null }): React.JSX.Element | null {
  const words = useRegisterWords();
  const general = useWords();
  const [told, setTold] = useState<Explanation | null>(null);
  useEffect(() => {
    let current = true;
    void station.call('decision.explain', { number }).then((answer) => {
      if (current && answer.ok) setTold(answer.value);
    });
    return () => {
      current = false;
    };
  }, [number]);
  if (told === null) return null;
  const named = (name: string): string => words.factNames[name] ?? name;
  return (
    <section className="decision-table" aria-label={general.ui.ruleTable}>
      {told.limits.length > 0 && (
        <>
          <h3>{words.limit}</h3>
          <ul>
            {told.limits.map(({ kind, kg, name, holds }) => (
              <li key={`${kind} ${name ?? ''}`} className={holds ? 'holds' : ''}>
                {`${general.limitKinds[kind]}${name === null ? '' : ` ${name}`} ${kgDigits(kg)} kg${holds ? ` · ${words.holds}` : ''}`}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{words.facts}</h3>
      <ul className="facts-list">
        {told.facts.map(({ name, value, source }) => (
          <li key={name}>
            {`${named(name)} ${valueText(value, general.classes)} `}
            <small>{words.sources[source] ?? source}</small>
          </li>
        ))}
      </ul>
      {order.map((how) => (
        <Rows key={how} how={how} rows={told.rows.filter((row) => row.how === how)} />
      ))}
      {told.whatIf.length > 0 && (
        <>
          <h3>{words.whatIf}</h3>
          <ul>
            {told.whatIf.map(({ fact, value, limitKg, unstated }) => (
              <li key={`${fact} ${value}`} className={unstated ? 'unstated' : ''}>
                {words.ifStated(
                  named(fact),
                  valueText(value, general.classes),
                  limitKg === null ? words.noRule : `${kgDigits(limitKg)} kg`,
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <small>{`${told.ruleSet} ${told.ruleSetSha256?.slice(0, 16) ?? ''}`}</small>
    </section>
  );
}

function valueText(value: string | null, classes: Readonly<Record<string, string>>): string {
  if (value === null) return '—';
  if (value === 'true') return '✔';
  return value === 'false' ? '✖' : (classes[value] ?? value);
}

function Rows({
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
      <ul>
        {rows.map((row) => (
          <li key={row.id} className={row.how}>
            {`${kgDigits(row.limitKg)} kg · ${chinese ? row.textZh : row.textEn}`}
            {row.failsBy !== null && (
              <em>{` ${words.failsBy(words.factNames[row.failsBy] ?? row.failsBy)}`}</em>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
