import { useEffect, useState } from 'react';
import type { PortView } from '../../../station/contract.ts';
import { Choose } from '../../components/Choose.tsx';
import { station } from '../../store/station.ts';
import type { InstallerWords, LineKind } from '../../words/installerWords.ts';
import type { Draft } from './draft.ts';
import { baudRates, framings } from './draft.ts';

const portsEveryMs = 2000;
const kinds: readonly LineKind[] = ['serial', 'tcp', 'tcp-server', 'udp'];

/** Which cable or socket the indicator is on. */
export function LineForm({
  draft,
  change,
  words,
}: {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly words: InstallerWords;
}): React.JSX.Element {
  const [ports, setPorts] = useState<readonly PortView[]>([]);
  useEffect(() => {
    let open = true;
    const look = (): void => {
      void station.call('instrument.ports', {}).then((listed) => {
        if (listed.ok && open) setPorts(listed.value.ports);
      });
    };
    look();
    // An adapter that is plugged in now shows up by itself.
    const timer = setInterval(look, portsEveryMs);
    return () => {
      open = false;
      clearInterval(timer);
    };
  }, []);
  return (
    <fieldset>
      <legend>{words.line}</legend>
      <Choose
        label={words.line}
        options={kinds}
        words={words.kinds}
        value={draft.kind}
        change={(kind) => {
          change({ kind, otherLine: {} });
        }}
      />
      {draft.kind === 'serial' ? (
        <SerialFields draft={draft} change={change} words={words} ports={ports} />
      ) : (
        <>
          {draft.kind === 'tcp' ? (
            <Text
              label={words.host}
              value={draft.host}
              change={(host) => {
                change({ host });
              }}
            />
          ) : (
            <Text
              label={words.allowFrom}
              value={draft.allowFrom}
              change={(allowFrom) => {
                change({ allowFrom });
              }}
            />
          )}
          <Text
            label={words.tcpPort}
            value={draft.port}
            change={(port) => {
              change({ port });
            }}
          />
        </>
      )}
    </fieldset>
  );
}

function SerialFields({
  draft,
  change,
  words,
  ports,
}: {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly words: InstallerWords;
  readonly ports: readonly PortView[];
}): React.JSX.Element {
  const chosen = ports.find(({ path }) => path === draft.path) ?? null;
  const { vendorId = null, productId = null, serialNumber = null } = chosen ?? {};
  const identity =
    vendorId === null || productId === null
      ? null
      : { vendorId, productId, ...(serialNumber === null ? {} : { serialNumber }) };
  return (
    <>
      <div className="ports" role="listbox" aria-label={words.port}>
        {ports.map((port) => (
          <button
            key={port.path}
            type="button"
            role="option"
            aria-selected={port.path === draft.path}
            onClick={() => {
              change({ path: port.path, usb: null });
            }}
          >
            {`${port.path} ${port.vendorId === null ? '' : `USB ${port.vendorId}:${port.productId ?? ''}`} ${port.serialNumber ?? ''} ${port.maker ?? ''}`}
          </button>
        ))}
      </div>
      <Text
        label={words.otherPort}
        value={draft.path}
        change={(path) => {
          change({ path, usb: null });
        }}
      />
      {identity !== null && (
        <label>
          <input
            type="checkbox"
            checked={draft.usb !== null}
            onChange={(event) => {
              change({ usb: event.target.checked ? identity : null });
            }}
          />
          {words.byUsb}
        </label>
      )}
      <Choice
        label={words.baud}
        value={draft.baudRate}
        options={baudRates}
        change={(baudRate) => {
          change({ baudRate });
        }}
      />
      <Choice
        label={words.framing}
        value={draft.framing}
        options={framings}
        change={(framing) => {
          change({ framing });
        }}
      />
      <div className="pair">
        <Choice
          label="RTS"
          value={draft.rts}
          options={['', 'on', 'off']}
          change={(rts) => {
            change({ rts });
          }}
        />
        <Choice
          label="DTR"
          value={draft.dtr}
          options={['', 'on', 'off']}
          change={(dtr) => {
            change({ dtr });
          }}
        />
      </div>
    </>
  );
}

export function Text({
  label,
  value,
  change,
  wrong = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (text: string) => void;
  readonly wrong?: boolean;
}): React.JSX.Element {
  return (
    <label className="typed">
      {label}
      <input
        value={value}
        spellCheck={false}
        aria-invalid={wrong}
        onChange={(event) => {
          change(event.target.value);
        }}
      />
    </label>
  );
}

export function Choice({
  label,
  value,
  options,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly change: (text: string) => void;
}): React.JSX.Element {
  return (
    <label className="typed">
      {label}
      <select
        value={value}
        onChange={(event) => {
          change(event.target.value);
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {option === '' ? '—' : option}
          </option>
        ))}
      </select>
    </label>
  );
}
