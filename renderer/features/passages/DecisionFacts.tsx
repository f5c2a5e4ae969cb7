import type { PassageDetail } from '../../../station/contract.ts';
import { isOnlyBeyondContract } from '../../../station/contract.ts';
import { kgDigits, tonnes } from '../../components/format.ts';
import { reasonText } from '../../components/reasonText.ts';
import { usePreferences, useWords } from '../../store/preferences.ts';
import { DecisionTable } from '../rules/DecisionTable.tsx';
import { openPassage } from './openPassage.ts';

/** What was decided, by which limits and clauses, and the try before it. */
export function DecisionFacts({ detail }: { readonly detail: PassageDetail }): React.JSX.Element | null {
  const words = useWords();
  const chinese = usePreferences((state) => state.language) === 'zh';
  const { decision, attempt } = detail;
  if (decision === null) return null;
  const isOverload = decision.overKg > 0 && !isOnlyBeyondContract(decision.limits, detail.row.weighedKg);
  const verdict =
    decision.outcome === 'refuse' && !isOverload ? words.refused : words.outcomes[decision.outcome];
  const over = isOverload ? words.over : words.overContract;
  return (
    <>
      <dt>{words.ui.decision}</dt>
      <dd className={decision.outcome}>
        {`${verdict}${decision.overKg > 0 ? ` · ${over(tonnes(decision.overKg))}` : ''}`}
        {decision.reasons.map((reason) => (
          <p key={`${reason.code} ${reason.detail}`}>{reasonText(words, reason)}</p>
        ))}
        {decision.waived.map((reason) => (
          <p key={`${reason.code} ${reason.detail}`}>{`${words.ui.waived}: ${reasonText(words, reason)}`}</p>
        ))}
      </dd>
      {attempt !== null && (
        <>
          <dt>{words.ui.attempt}</dt>
          <dd>
            <button
              type="button"
              onClick={() => {
                openPassage(attempt.previousNumber);
              }}
            >
              {words.attempt(attempt.try, String(attempt.previousNumber), tonnes(attempt.previousOverKg))}
            </button>
          </dd>
        </>
      )}
      {decision.limits.length > 1 && (
        <>
          <dt>{words.ui.limits}</dt>
          <dd>
            {decision.limits.map(({ kind, kg, name, holds }) => (
              <p key={`${kind} ${name ?? ''}`}>
                {`${holds ? '▶ ' : ''}${words.limitKinds[kind]}${name === null ? '' : ` ${name}`} ${kgDigits(kg)} kg`}
              </p>
            ))}
          </dd>
        </>
      )}
      <dt>{words.ui.basis}</dt>
      <dd>
        {decision.clauses.map((clause) => (
          <p key={clause.id}>{`${clause.source} ${chinese ? clause.textZh : clause.textEn}`}</p>
        ))}
        <details>
          <summary>{words.ui.ruleTable}</summary>
          <DecisionTable number={detail.row.number} />
        </details>
        <small>{`${decision.ruleSet} · ${decision.date} · ${decision.ruleSetSha256?.slice(0, 16) ?? ''}`}</small>
      </dd>
    </>
  );
}
