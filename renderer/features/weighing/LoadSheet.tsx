import { useEffect, useState } from 'react';
import type { CallError, Load, RegisterKind, TruckView } from '../../../station/contract.ts';
import { SheetFoot } from '../../components/SheetFoot.tsx';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { readAxleLoads } from './axleLoadsText.ts';

/** The list of the register a field is offered from. */
const lists: Readonly<Record<keyof Load, RegisterKind | null>> = {
  goods: 'goods',
  shipper: 'party',
  consignee: 'party',
  destination: 'destination',
  contract: 'contract',
  driver: 'driver',
  loader: null,
};
const order = ['goods', 'consignee', 'destination', 'shipper', 'contract', 'driver', 'loader'] as const;

/**
 * What the truck carries, for whom and where to, the trailer behind it and the plate at its rear. Its last load is
 * offered; saving the sheet as it is confirms it for this visit.
 */
export function LoadSheet({
  crossingId,
  truck,
  done,
}: {
  readonly crossingId: string;
  readonly truck: TruckView;
  readonly done: () => void;
}): React.JSX.Element {
  const words = useWords();
  const { trailerPlate, rearPlate, rearStated } = truck;
  const [load, setLoad] = useState<Load>(truck.load);
  const [trailer, setTrailer] = useState(trailerPlate ?? '');
  const [rear, setRear] = useState(rearStated ?? '');
  const [axles, setAxles] = useState(truck.axleLoads?.kg.join(' ') ?? '');
  const [axlesBy, setAxlesBy] = useState(truck.axleLoads?.by ?? '');
  const [error, setError] = useState<CallError | null>(null);
  const save = async (): Promise<void> => {
    const plates = [
      { call: 'trailer.enter', plate: trailer, before: trailerPlate },
      { call: 'rear.enter', plate: rear, before: rearStated },
    ] as const;
    for (const { call, plate, before } of plates) {
      if (plate.trim() === (before ?? '')) continue;
      const entered = await station.call(call, { crossingId, plate });
      if (!entered.ok) {
        setError(entered.error);
        return;
      }
    }
    const axleLoadsKg = readAxleLoads(axles);
    if (axleLoadsKg !== null || truck.axleLoads !== null) {
      const measured = { axleLoadsKg: axleLoadsKg && [...axleLoadsKg], measuredBy: axlesBy };
      const taken = await station.call('axles.state', { crossingId, ...measured });
      if (!taken.ok) {
        setError(taken.error);
        return;
      }
    }
    const stated = await station.call('load.state', { crossingId, load });
    if (stated.ok) done();
    else setError(stated.error);
  };
  return (
    <form
      className="sheet load-sheet"
      aria-label={words.ui.load}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{words.ui.load}</h2>
      {!truck.loadConfirmed && Object.values(truck.load).some((name) => name !== null) && (
        <p className="reason">{words.ui.loadOfLast}</p>
      )}
      {order.map((name, index) => (
        <label key={name} className="number">
          {words.load[name]}
          <Suggested
            kind={lists[name]}
            value={load[name] ?? ''}
            autoFocus={index === 0}
            change={(text) => {
              setLoad({ ...load, [name]: text.trim() === '' ? null : text.trim() });
            }}
          />
        </label>
      ))}
      <PlateField label={words.ui.trailerPlate} value={trailer} change={setTrailer} />
      <PlateField label={words.ui.rearPlate} value={rear} change={setRear} />
      {rearPlate !== null && <small>{`${words.ui.rearPlateRead} ${rearPlate}`}</small>}
      <AxleLoadsFields loads={axles} setLoads={setAxles} by={axlesBy} setBy={setAxlesBy} />
      <SheetFoot error={error} cancel={done} />
    </form>
  );
}

function PlateField({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (text: string) => void;
}): React.JSX.Element {
  return (
    <label className="number">
      {label}
      <input
        value={value}
        maxLength={10}
        spellCheck={false}
        onChange={(event) => {
          change(event.target.value.toUpperCase());
        }}
      />
    </label>
  );
}

/** Who measured them is asked once there are some. */
function AxleLoadsFields({
  loads,
  setLoads,
  by,
  setBy,
}: {
  readonly loads: string;
  readonly setLoads: (text: string) => void;
  readonly by: string;
  readonly setBy: (text: string) => void;
}): React.JSX.Element {
  const words = useWords();
  return (
    <label className="number">
      {words.ui.axleLoads}
      <span className="axle-loads">
        <input
          value={loads}
          maxLength={120}
          inputMode="numeric"
          pattern="[0-9 ,，、]*"
          title={words.ui.axleLoadsHint}
          onChange={(event) => {
            setLoads(event.target.value);
          }}
        />
        {loads.trim() !== '' && (
          <input
            value={by}
            maxLength={60}
            required
            aria-label={words.ui.axleLoadsBy}
            placeholder={words.ui.axleLoadsBy}
            onChange={(event) => {
              setBy(event.target.value);
            }}
          />
        )}
      </span>
    </label>
  );
}

function Suggested({
  kind,
  value,
  change,
  autoFocus,
}: {
  readonly kind: RegisterKind | null;
  readonly value: string;
  readonly change: (text: string) => void;
  readonly autoFocus: boolean;
}): React.JSX.Element {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    if (kind === null) return;
    let wanted = true;
    const query = { kind, search: '', afterKey: null, limit: 100 } as const;
    void station.call('register.list', query).then((found) => {
      if (wanted && found.ok) setNames(found.value.entries.map(({ key }) => key));
    });
    return () => {
      wanted = false;
    };
  }, [kind]);
  const [text, setText] = useState(value);
  return (
    <>
      <input
        value={text}
        maxLength={120}
        list={`known-${kind ?? ''}`}
        autoFocus={autoFocus}
        onChange={(event) => {
          setText(event.target.value);
          change(event.target.value);
        }}
      />
      <datalist id={`known-${kind ?? ''}`}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
