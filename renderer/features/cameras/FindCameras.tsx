import { useState } from 'react';
import type { CallOutput, FoundDevice } from '../../../station/contract.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { useCamerasWords } from './useCamerasWords.ts';

type Looking =
  | { readonly kind: 'no' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'failed'; readonly detail: string }
  | { readonly kind: 'found'; readonly devices: CallOutput<'cameras.find'>['found'] };

/** Asks the network for ONVIF cameras; one that is chosen becomes a camera to set up. */
export function FindCameras({
  choose,
}: {
  readonly choose: (device: FoundDevice) => void;
}): React.JSX.Element {
  const words = useCamerasWords();
  const general = useWords();
  const [address, setAddress] = useState('');
  const [looking, setLooking] = useState<Looking>({ kind: 'no' });
  const look = async (): Promise<void> => {
    setLooking({ kind: 'looking' });
    const got = await station.call('cameras.find', {
      address: address.trim() === '' ? null : address.trim(),
    });
    if (!got.ok)
      setLooking({ kind: 'failed', detail: `${general.errors[got.error.code]} ${got.error.detail}` });
    else if (got.value.problem !== null) setLooking({ kind: 'failed', detail: got.value.problem });
    else setLooking({ kind: 'found', devices: got.value.found });
  };
  return (
    <div className="find-cameras">
      <input
        aria-label={words.findAt}
        placeholder={words.findAt}
        value={address}
        spellCheck={false}
        onChange={(event) => {
          setAddress(event.target.value);
        }}
      />
      <button type="button" disabled={looking.kind === 'looking'} onClick={() => void look()}>
        {looking.kind === 'looking' ? words.finding : words.find}
      </button>
      {looking.kind === 'failed' && (
        <p role="alert" className="error">
          {looking.detail}
        </p>
      )}
      {looking.kind === 'found' && looking.devices.length === 0 && <p role="status">{words.foundNone}</p>}
      {looking.kind === 'found' &&
        looking.devices.map((device) => (
          <button
            key={`${device.host}:${String(device.port)}`}
            type="button"
            onClick={() => {
              choose(device);
            }}
          >
            {[device.name, device.hardware, `${device.host}:${String(device.port)}`]
              .concat(device.known ? [words.knownAlready] : [])
              .filter((part) => part !== '')
              .join(' · ')}
          </button>
        ))}
    </div>
  );
}
