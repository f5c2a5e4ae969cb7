import { useEffect, useState } from 'react';
import type { CallOutput } from '../../station/contract.ts';
import { useWords } from '../store/preferences.ts';
import { station } from '../store/station.ts';

type Served = CallOutput<'console.get'>['console'];

/** Where telephones and the office find this station, and the two codes. */
export function ConsoleCard({ close }: { readonly close: () => void }): React.JSX.Element {
  const words = useWords();
  const [served, setServed] = useState<Served | undefined>(undefined);
  useEffect(() => {
    void station.call('console.get', {}).then((got) => {
      if (got.ok) setServed(got.value.console);
    });
  }, []);
  return (
    <section className="console-card" role="dialog" aria-label={words.ui.phones}>
      <h3>{words.ui.phones}</h3>
      {served === null && <p>{words.ui.phonesOff}</p>}
      {served !== null && served !== undefined && (
        <dl>
          {served.urls.map((url) => (
            <p key={url}>{url}</p>
          ))}
          <dt>{words.ui.loaderCode}</dt>
          <dd>{served.loaderCode}</dd>
          <dt>{words.ui.inspectorCode}</dt>
          <dd>{served.inspectorCode}</dd>
          <dt>{words.ui.officeCode}</dt>
          <dd>{served.code}</dd>
        </dl>
      )}
      <button type="button" onClick={close}>
        {words.ui.back}
      </button>
    </section>
  );
}
