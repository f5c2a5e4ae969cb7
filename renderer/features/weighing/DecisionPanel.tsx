import type { Decision, LaneView } from '../../../station/contract.ts';
import { isOnlyBeyondContract } from '../../../station/contract.ts';
import { kgDigits, tonnes } from '../../components/format.ts';
import { reasonText } from '../../components/reasonText.ts';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { usePreferences, useWords } from '../../store/preferences.ts';
import { useLoading } from '../../store/station.ts';

const marks = { allow: '✔', refuse: '✖', 'cannot-decide': '？' } as const;

export function DecisionPanel({ lane }: { readonly lane: LaneView }): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  const { decision, saved, stableKg, truck } = lane;
  if (lane.maintenance !== null && saved === null) {
    return (
      <div className="decision waiting" role="status" aria-live="assertive">
        <h2>{records.maintenanceStated}</h2>
        <p className="reason">{lane.maintenance}</p>
      </div>
    );
  }
  if (decision !== null) return <Decided lane={lane} decision={decision} />;
  if (saved?.kind === 'tare') {
    return (
      <div className="decision tare" role="status" aria-live="assertive">
        <h2>{`✔ ${words.ui.tareStored}`}</h2>
        <p className="serial">{`${words.ui.number} ${String(saved.number)}`}</p>
        <RoomAhead plate={truck?.plate ?? null} />
      </div>
    );
  }
  return (
    <div className="decision waiting" role="status" aria-live="polite">
      <h2>{lane.next === 'wait-for-truck' ? words.phases.zero : words.next[lane.next]}</h2>
      {lane.kind === 'tare' && stableKg !== null && truck !== null && (
        <p className="amount">{`${words.ui.tare} ${kgDigits(stableKg)} kg`}</p>
      )}
      {lane.kind === 'gross' && truck !== null && truck.ask.length > 0 && (
        <p>{truck.ask.map((fact) => words.facts[fact]).join(' · ')}</p>
      )}
    </div>
  );
}

/** Before a kilogram is loaded: how much it may take, and what its loads of late say to aim at. */
function RoomAhead({ plate }: { readonly plate: string | null }): React.JSX.Element | null {
  const words = useWords();
  const truck = useLoading(({ loading }) => loading?.trucks.find((each) => each.plate === plate));
  const roomKg = truck?.roomKg ?? null;
  if (truck !== undefined && truck.barredBy.length > 0) {
    return (
      <>
        <p className="amount">{`✖ ${words.barred}`}</p>
        <p className="reason">{truck.barredBy.map((code) => words.reasons[code]).join(' · ')}</p>
      </>
    );
  }
  if (truck === undefined || roomKg === null) return null;
  return (
    <>
      <p className="amount">{words.mayLoad(tonnes(roomKg))}</p>
      {truck.adviceKg !== null && truck.adviceKg < roomKg && (
        <p className="reason">{words.aimAt(tonnes(truck.adviceKg))}</p>
      )}
    </>
  );
}

function Decided({
  lane,
  decision,
}: {
  readonly lane: LaneView;
  readonly decision: Decision;
}): React.JSX.Element {
  const words = useWords();
  const chinese = usePreferences((state) => state.language) === 'zh';
  const { saved } = lane;
  const attempt = lane.truck?.attempt ?? null;
  const tare = lane.truck?.tare ?? null;
  // Named only where it is not the law's own limit that holds.
  const holding = decision.limits.some(({ kind, holds }) => holds && kind === 'legal')
    ? []
    : decision.limits
        .filter(({ holds }) => holds)
        .map(({ kind, name }) => `${words.limitKinds[kind]}${name === null ? '' : ` ${name}`}`);
  const { outcome, limitKg, overKg, leftKg } = decision;
  // The weight the decision was made of, not the one the scale shows by now.
  const decidedKg =
    limitKg === null ? lane.stableKg : overKg > 0 ? limitKg + overKg : limitKg - (leftKg ?? 0);
  const isOverload = overKg > 0 && !isOnlyBeyondContract(decision.limits, decidedKg ?? 0);
  return (
    <div
      className={`decision ${outcome} ${saved === null ? 'preview' : 'stored'}`}
      role="status"
      aria-live="assertive"
      aria-label={words.ui.decision}
    >
      <p className="stage">
        {saved === null
          ? words.ui.preview
          : `${words.ui.stored} · ${words.ui.number} ${String(saved.number)}`}
      </p>
      <h2>{`${marks[outcome]} ${outcome === 'refuse' && !isOverload ? words.refused : words.outcomes[outcome]}`}</h2>
      {overKg > 0 ? (
        <p className="amount">{(isOverload ? words.over : words.overContract)(tonnes(overKg))}</p>
      ) : (
        outcome === 'allow' && leftKg !== null && <p className="amount">{words.mayLoad(tonnes(leftKg))}</p>
      )}
      {decision.reasons
        .filter(({ code }) => code !== 'overload')
        .map((reason) => (
          <p key={`${reason.code} ${reason.detail}`} className="reason">
            {reasonText(words, reason)}
          </p>
        ))}
      {attempt !== null && (
        <p className="reason">
          {words.attempt(attempt.try, String(attempt.previousNumber), tonnes(attempt.previousOverKg))}
        </p>
      )}
      <dl className="figures">
        <dt>{holding.length === 0 ? words.ui.limit : holding.join(' · ')}</dt>
        <dd>{limitKg === null ? words.ui.unknown : `${kgDigits(limitKg)} kg`}</dd>
        <dt>{words.ui.gross}</dt>
        <dd>{decidedKg === null ? '—' : `${kgDigits(decidedKg)} kg`}</dd>
      </dl>
      {tare?.valid === true && decidedKg !== null && decidedKg >= tare.kg && (
        <p className="net">
          {`${words.ui.tare} ${kgDigits(tare.kg)} kg · ${words.ui.net} ${kgDigits(decidedKg - tare.kg)} kg`}
        </p>
      )}
      <ul className="clauses" aria-label={words.ui.basis}>
        {decision.clauses.map((clause) => (
          <li key={clause.id}>{`${clause.source} ${chinese ? clause.textZh : clause.textEn}`}</li>
        ))}
        {decision.missing.length > 0 && (
          <li>{`${words.ui.basisMissing}: ${decision.missing.map((fact) => words.facts[fact]).join(' · ')}`}</li>
        )}
      </ul>
    </div>
  );
}
