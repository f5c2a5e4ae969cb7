import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallError, NextStep, StationView } from '../../../station/contract.ts';
import { PassageTable } from '../../components/PassageTable.tsx';
import { showScreen, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { DecisionTable } from '../rules/DecisionTable.tsx';
import { openPassage } from '../passages/openPassage.ts';
import { LiveStrip } from '../cameras/LiveStrip.tsx';
import { DecisionPanel } from './DecisionPanel.tsx';
import { LoadSheet } from './LoadSheet.tsx';
import { MaintenanceSheet } from './MaintenanceSheet.tsx';
import { PhaseSteps } from './PhaseSteps.tsx';
import { PlateEntry } from './PlateEntry.tsx';
import { TruckCard } from './TruckCard.tsx';
import { VehicleForm } from './VehicleForm.tsx';
import { BigWeight } from './BigWeight.tsx';

type Sheet = 'plate' | 'vehicle' | 'load' | 'rules' | 'maintenance' | null;

/** What belongs to a form while somebody fills one in. */
const typed: ReadonlySet<string> = new Set(['Enter', ' ']);

const saves: ReadonlySet<NextStep> = new Set<NextStep>([
  'save-tare',
  'save-and-print-slip',
  'save-and-print-refusal',
  'save-without-paper',
]);

export function WeighingScreen({
  view,
  down,
}: {
  readonly view: StationView;
  readonly down: boolean;
}): React.JSX.Element {
  const words = useWords();
  const { lane } = view;
  const [sheet, setSheet] = useState<Sheet>(null);
  const [error, setError] = useState<CallError | null>(null);
  const saving = useRef(false);
  const { crossingId, next, truck, saved, suggestion } = lane;
  const named = truck !== null;
  // A sheet belongs to one crossing: the next truck must not be given the last one's plate.
  const [sheetCrossing, setSheetCrossing] = useState(crossingId);
  if (sheetCrossing !== crossingId) {
    setSheetCrossing(crossingId);
    setSheet(null);
    setError(null);
  }

  const save = useCallback(async () => {
    if (crossingId === null || saving.current) return;
    saving.current = true;
    const result = await station.call('weighing.save', { crossingId });
    saving.current = false;
    setError(result.ok ? null : result.error);
  }, [crossingId]);

  const act = useCallback(async () => {
    if (crossingId === null || saving.current) return;
    if (next === 'enter-plate') setSheet('plate');
    else if (next === 'state-vehicle') setSheet('vehicle');
    else if (next === 'state-load') setSheet('load');
    else if (saves.has(next)) await save();
  }, [crossingId, next, save]);

  const takeSuggestion = useCallback(() => {
    if (crossingId === null || suggestion === null) return;
    const { plate, colour } = suggestion;
    void station.call('plate.enter', { crossingId, plate, colour }).then((entered) => {
      setError(entered.ok ? null : entered.error);
    });
  }, [crossingId, suggestion]);

  const openMaintenance = useCallback(() => {
    if (crossingId !== null && saved === null) setSheet('maintenance');
  }, [crossingId, saved]);

  useEffect(() => {
    const choose = (kind: 'tare' | 'gross'): void => {
      if (crossingId !== null) void station.call('kind.choose', { crossingId, kind });
    };
    const keys: Readonly<Record<string, () => void>> = {
      Enter: () => void act(),
      ' ': takeSuggestion,
      F2: () => {
        choose('tare');
      },
      F3: () => {
        choose('gross');
      },
      F4: () => {
        if (crossingId !== null && saved === null) setSheet('plate');
      },
      F5: () => {
        if (crossingId !== null && saved === null && named) setSheet('load');
      },
      F1: () => {
        if (crossingId !== null && named) setSheet((open) => (open === 'rules' ? null : 'rules'));
      },
      'Shift+F2': openMaintenance,
      Escape: () => {
        setSheet(null);
      },
    };
    const onKey = (event: KeyboardEvent): void => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('form, select, input') !== null;
      const run = keys[`${event.shiftKey && /^F\d/.test(event.key) ? 'Shift+' : ''}${event.key}`];
      if (run === undefined || event.repeat || (typing && typed.has(event.key))) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [act, takeSuggestion, openMaintenance, crossingId, saved, named]);

  const states = next === 'state-vehicle' || next === 'state-load';
  const ready = !down && (saves.has(next) || next === 'enter-plate' || states);
  const close = (): void => {
    setSheet(null);
  };
  return (
    <main className="weighing">
      <section className="left">
        <BigWeight />
        <PhaseSteps phase={lane.phase} />
        <TruckCard lane={lane} takeSuggestion={takeSuggestion} stateMaintenance={openMaintenance} />
        <LiveStrip />
      </section>
      <section className="right">
        {sheet === 'plate' && crossingId !== null ? (
          <PlateEntry
            crossingId={crossingId}
            initial={truck?.plate ?? ''}
            colour={truck?.colour ?? 'yellow'}
            done={close}
          />
        ) : sheet === 'vehicle' && truck !== null ? (
          <VehicleForm key={`${truck.plate} ${truck.trailerPlate ?? ''}`} truck={truck} done={close} />
        ) : sheet === 'load' && truck !== null && crossingId !== null ? (
          <LoadSheet crossingId={crossingId} truck={truck} done={close} />
        ) : sheet === 'maintenance' && crossingId !== null ? (
          <MaintenanceSheet crossingId={crossingId} done={close} />
        ) : sheet === 'rules' ? (
          <div className="sheet">
            <h2>{words.ui.ruleTable}</h2>
            <DecisionTable number={saved?.number ?? null} />
          </div>
        ) : (
          <DecisionPanel lane={lane} />
        )}
      </section>
      <section className="key">
        {error !== null && (
          <p className="error" role="alert">
            {`${words.errors[error.code]}${error.detail === '' ? '' : ` (${error.detail})`}`}
          </p>
        )}
        {/* What could be stated may also be left: the record stands, the truck stays. */}
        {states && lane.decision !== null && sheet === null && (
          <button type="button" className="anyway" disabled={down} onClick={() => void save()}>
            {words.ui.saveAnyway}
          </button>
        )}
        <button
          type="button"
          className={`next ${next}`}
          disabled={!ready || (sheet !== null && sheet !== 'rules')}
          onClick={() => void act()}
        >
          {ready && <kbd>回车 Enter</kbd>}
          <span>{words.next[next]}</span>
        </button>
      </section>
      <section className="recent">
        <PassageTable
          rows={view.recent.slice(0, 4)}
          label={words.ui.recent}
          onOpen={(number) => {
            openPassage(number);
            showScreen('passages');
          }}
        />
      </section>
    </main>
  );
}
