import { useEffect, useState } from 'react';
import type { CallError, Load, RegisterKind } from '../../../station/contract.ts';
import { SheetFoot } from '../../components/SheetFoot.tsx';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';

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

/** What the truck carries, for whom and where to, and the trailer behind it; offered from its last visit. */
export function LoadSheet({
  crossingId,
  load: before,
  trailerPlate,
  done,
}: {
  readonly crossingId: string;
  readonly load: Load;
  readonly trailerPlate: string | null;
  readonly done: () => void;
}): React.JSX.Element {
  const words = useWords();
  const [load, setLoad] = useState<Load>(before);
  const [trailer, setTrailer] = useState(trailerPlate ?? '');
  const [error, setError] = useState<CallError | null>(null);
  const save = async (): Promise<void> => {
    if (trailer.trim() !== (trailerPlate ?? '')) {
      const entered = await station.call('trailer.enter', { crossingId, plate: trailer });
      if (!entered.ok) {
        setError(entered.error);
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
      <label className="number">
        {words.ui.trailerPlate}
        <input
          value={trailer}
          maxLength={10}
          spellCheck={false}
          onChange={(event) => {
            setTrailer(event.target.value.toUpperCase());
          }}
        />
      </label>
      <SheetFoot error={error} cancel={done} />
    </form>
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
