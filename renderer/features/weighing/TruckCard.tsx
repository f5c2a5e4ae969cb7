import type { LaneView, TruckView, WeighingKind } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';
import { Picture } from '../../components/Picture.tsx';
import { PlateMark } from '../../components/PlateMark.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { axleLoadsText } from './axleLoadsText.ts';
import { Suggestion } from './Suggestion.tsx';

export function TruckCard({
  lane,
  takeSuggestion,
  stateMaintenance,
}: {
  readonly lane: LaneView;
  readonly takeSuggestion: () => void;
  readonly stateMaintenance: () => void;
}): React.JSX.Element {
  const words = useWords();
  const { truck } = lane;
  const [first] = truck?.pictureSha256 ?? [];
  const picture = lane.suggestion?.picture ?? first;
  return (
    <div className="truck">
      <div className="facts">
        {truck === null ? (
          <p className="no-truck">
            {lane.crossingId === null ? words.ui.noTruck : words.next['enter-plate']}
          </p>
        ) : (
          <TruckFacts truck={truck} />
        )}
        {lane.suggestion !== null && <Suggestion suggestion={lane.suggestion} take={takeSuggestion} />}
      </div>
      {picture !== undefined && <Picture sha256={picture} label={words.ui.pictures} />}
      {lane.crossingId !== null && (
        <KindChoice lane={lane} crossingId={lane.crossingId} stateMaintenance={stateMaintenance} />
      )}
    </div>
  );
}

function TruckFacts({ truck }: { readonly truck: TruckView }): React.JSX.Element {
  const words = useWords();
  const { facts, tare, load } = truck;
  const carried = [load.goods, load.consignee ?? load.destination].filter((part) => part !== null);
  const parts = [
    facts.axles === null ? `${words.ui.axleCount} ${words.ui.unknown}` : words.axles(facts.axles),
    facts.vehicleClass === null ? null : words.classes[facts.vehicleClass],
    facts.layout,
  ].filter((part) => part !== null);
  return (
    <>
      <p className="plate-line">
        <PlateMark plate={truck.plate} colour={truck.colour} />
        <small>{truck.plateSource === 'camera' ? words.ui.camera : words.ui.typed}</small>
        {truck.cameraPlate !== null && truck.cameraPlate !== truck.plate && (
          <small>{`${words.ui.cameraRead} ${truck.cameraPlate}`}</small>
        )}
      </p>
      <p className="vehicle">
        <strong className="axles">{parts[0]}</strong> {parts.slice(1).join(' · ')}
      </p>
      <p className="tare">
        {`${words.ui.tare} ${tare === null ? words.ui.noTare : `${kgDigits(tare.kg)} kg${tare.valid ? '' : ` (${words.ui.tareExpired})`}`}`}
      </p>
      {truck.tareDriftKg !== null && (
        <p className="alarm">{`⚠ ${words.ui.tareDrift} ${kgDigits(truck.tareDriftKg)} kg`}</p>
      )}
      {(truck.trailerPlate !== null || carried.length > 0) && (
        <p className="load">
          {[truck.trailerPlate, ...carried].filter((part) => part !== null).join(' · ')}
          {carried.length > 0 && !truck.loadConfirmed && <small>{` ${words.ui.ofLastTime}`}</small>}
        </p>
      )}
      {truck.axleLoads !== null && (
        <p className="load">{`${words.ui.axleLoadsMeasured} ${axleLoadsText(truck.axleLoads)}`}</p>
      )}
      {truck.rearStated !== null && (
        <p className="load">
          {`${words.ui.rearPlate} ${truck.rearStated}`}
          {truck.rearPlate !== null && truck.rearPlate !== truck.rearStated && (
            <small>{` ${words.ui.rearPlateRead} ${truck.rearPlate}`}</small>
          )}
        </p>
      )}
    </>
  );
}

function KindChoice({
  lane,
  crossingId,
  stateMaintenance,
}: {
  readonly lane: LaneView;
  readonly crossingId: string;
  readonly stateMaintenance: () => void;
}): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  const hints = [
    ['F4', words.ui.correctPlate],
    ['F5', words.ui.load],
    ['F1', words.ui.ruleTable],
  ] as const;
  const choice = (kind: WeighingKind, key: string): React.JSX.Element => (
    <button
      type="button"
      aria-pressed={lane.kind === kind}
      disabled={lane.saved !== null}
      onClick={() => void station.call('kind.choose', { crossingId, kind })}
    >
      <kbd>{key}</kbd> {words.kinds[kind]}
    </button>
  );
  return (
    <div className="kinds" role="group" aria-label={words.ui.kind}>
      {choice('tare', 'F2')}
      {choice('gross', 'F3')}
      {hints.map(([key, does]) => (
        <span className="hint" key={key}>
          <kbd>{key}</kbd> {does}
        </span>
      ))}
      <button type="button" className="hint" disabled={lane.saved !== null} onClick={stateMaintenance}>
        <kbd>Shift+F2</kbd> {records.maintenance}
      </button>
    </div>
  );
}
