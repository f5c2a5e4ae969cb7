import { useEffect, useState } from 'react';
import type { AppliedLimit, CallError, Explanation } from '../../../station/contract.ts';
import { credentialKinds, emissionStages } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';
import { useWords } from '../../store/preferences.ts';
import { station, useStation } from '../../store/station.ts';
import { useRegisterWords } from '../register/useRegisterWords.ts';
import { AxleGroups } from './AxleGroups.tsx';
import { ExplainedRows } from './ExplainedRows.tsx';
import { Inputs } from './Inputs.tsx';
import './rules.css';

/**
 * 判定表: the limits side by side, what one fact more would change, the facts with where they came from, and the rules
 * that applied or nearly did. Of a stored weighing, or of the vehicle on the scale when `number` is null.
 */
export function DecisionTable({ number }: { readonly number: number | null }): React.JSX.Element | null {
  const { ui, errors } = useWords();
  // What is on the scale is explained again whenever its decision changes.
  const live = useStation((state) => (number === null ? (state.view?.lane.decision ?? null) : null));
  const [told, setTold] = useState<Explanation | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  useEffect(() => {
    let current = true;
    void station.call('decision.explain', { number }).then((answer) => {
      if (!current) return;
      setTold(answer.ok ? answer.value : null);
      setError(answer.ok ? null : answer.error);
    });
    return () => {
      current = false;
    };
  }, [number, live]);
  if (error !== null) return <p role="alert" className="error">{`${errors[error.code]} ${error.detail}`}</p>;
  if (told === null) return null;
  return (
    <section className="decision-table" aria-label={ui.ruleTable}>
      {told.limits.length > 0 && <Limits limits={told.limits} />}
      {told.whatIf.length > 0 && <WhatIfs whatIf={told.whatIf} />}
      {told.axleGroups.length > 0 && <AxleGroups groups={told.axleGroups} />}
      <Facts facts={told.facts} />
      <Inputs inputs={told.inputs} />
      <ExplainedRows rows={told.rows} />
      <small>{`${told.ruleSet} ${told.ruleSetSha256?.slice(0, 16) ?? ''}`}</small>
    </section>
  );
}

function Limits({ limits }: { readonly limits: readonly AppliedLimit[] }): React.JSX.Element {
  const words = useRegisterWords();
  const general = useWords();
  return (
    <>
      <h3>{words.limit}</h3>
      <ul className="limits">
        {limits.map(({ kind, kg, name, holds }) => (
          <li key={`${kind} ${name ?? ''}`} className={holds ? 'holds' : ''}>
            <span>{`${general.limitKinds[kind]}${name === null ? '' : ` ${name}`}`}</span>
            <strong>{`${kgDigits(kg)} kg`}</strong>
            {holds && <em>{`▲ ${words.holds}`}</em>}
          </li>
        ))}
      </ul>
    </>
  );
}

function WhatIfs({ whatIf }: { readonly whatIf: Explanation['whatIf'] }): React.JSX.Element {
  const words = useRegisterWords();
  const general = useWords();
  const { classes, credentials, emissions } = general;
  const named = (value: string): string =>
    value === 'valid' ? words.valid : valueText(value, classes, words.yes, words.no);
  const outcomeText = ({ outcome }: Explanation['whatIf'][number]): string =>
    outcome === 'refuse' ? general.refused : general.outcomes[outcome];
  /** A paper changes no limit, only whether the vehicle may leave. */
  const lineOf = (each: Explanation['whatIf'][number]): string => {
    const { fact, value, limitKg } = each;
    if (fact === 'emission') {
      const stage = emissionStages.find((known) => known === value);
      return words.ifStated(
        words.factNames[fact] ?? fact,
        stage === undefined ? value : emissions[stage],
        outcomeText(each),
      );
    }
    const paper = credentialKinds.find((kind) => kind === fact);
    if (paper !== undefined) return words.ifStated(credentials[paper], named(value), outcomeText(each));
    const limit = limitKg === null ? words.noRule : `${kgDigits(limitKg)} kg`;
    return words.ifStated(words.factNames[fact] ?? fact, named(value), `${limit} · ${outcomeText(each)}`);
  };
  const open = whatIf.filter(({ unstated }) => unstated);
  const other = whatIf.filter(({ unstated }) => !unstated);
  return (
    <>
      {[
        { title: words.ifFilledIn, list: open },
        { title: words.ifOtherwise, list: other },
      ].map(
        ({ title, list }) =>
          list.length > 0 && (
            <div key={title}>
              <h3>{title}</h3>
              <ul className="what-if">
                {list.map((each) => (
                  <li key={`${each.fact} ${each.value}`} className={each.unstated ? 'unstated' : ''}>
                    {lineOf(each)}
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
    </>
  );
}

function Facts({ facts }: { readonly facts: Explanation['facts'] }): React.JSX.Element {
  const words = useRegisterWords();
  const { classes } = useWords();
  return (
    <>
      <h3>{words.facts}</h3>
      <dl className="facts-list">
        {facts.map(({ name, value, source }) => (
          <div key={name}>
            <dt>{words.factNames[name] ?? name}</dt>
            <dd>
              {`${valueText(value, classes, words.yes, words.no)} `}
              <small className={source === 'stricter' ? 'stricter' : ''}>
                {words.sources[source] ?? source}
              </small>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function valueText(
  value: string | null,
  classes: Readonly<Record<string, string>>,
  yes: string,
  no: string,
): string {
  if (value === null) return '—';
  if (value === 'true') return yes;
  return value === 'false' ? no : (classes[value] ?? value);
}
