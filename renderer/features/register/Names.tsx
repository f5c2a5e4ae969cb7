import { useEffect, useState } from 'react';
import type { RegisterKind } from '../../../station/contract.ts';
import { station } from '../../store/station.ts';

const offered = 40;

/** What another list offers for the text typed so far, as suggestions of an input. */
export function Names({
  id,
  kind,
  typed,
}: {
  readonly id: string;
  readonly kind: RegisterKind;
  readonly typed: string;
}): React.JSX.Element {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let current = true;
    const query = { kind, search: typed.slice(0, 60), afterKey: null, limit: offered };
    void station.call('register.list', query).then((found) => {
      if (!current || !found.ok) return;
      setNames(
        found.value.entries.map(({ key, entry }) => (entry.kind === 'vehicle' ? entry.entry.plate : key)),
      );
    });
    return () => {
      current = false;
    };
  }, [kind, typed]);
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
