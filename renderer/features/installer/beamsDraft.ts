import type { BeamPlace } from '../../../station/contract.ts';
import { beamPlaces } from '../../../station/contract.ts';
import { asRecord, framingSettings, framingText, textOf, without } from './settingsText.ts';

/** One beam's input as typed; no address, no beam. */
export interface BeamDraft {
  readonly address: string;
  readonly brokenWhen: '0' | '1';
}

/** The light barriers as typed so far; numbers stay text until they are sent. */
export interface BeamsDraft {
  readonly protocol: 'modbus-rtu' | 'modbus-tcp';
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly baudRate: string;
  readonly framing: string;
  readonly unitId: string;
  readonly functionCode: '1' | '2';
  readonly pollMs: string;
  readonly refuse: boolean;
  readonly beams: Readonly<Record<BeamPlace, BeamDraft>>;
  /** What the file says of the line and of the beams that this form does not show: it stays. */
  readonly otherLine: Readonly<Record<string, unknown>>;
  readonly others: Readonly<Record<string, unknown>>;
}

export const emptyBeams: BeamsDraft = {
  protocol: 'modbus-tcp',
  host: '192.168.1.30',
  port: '502',
  path: '',
  baudRate: '9600',
  framing: '8N1',
  unitId: '1',
  functionCode: '2',
  pollMs: '100',
  refuse: true,
  beams: {
    entry: { address: '0', brokenWhen: '0' },
    exit: { address: '1', brokenWhen: '0' },
    middle: { address: '', brokenWhen: '0' },
  },
  otherLine: {},
  others: {},
};

/** As the station takes it. A number that is none is sent as it stands, and comes back by the name of its field. */
export function beamsOf(draft: BeamsDraft): Record<string, unknown> {
  const line =
    draft.protocol === 'modbus-tcp'
      ? { kind: 'tcp', host: draft.host.trim(), port: numberOf(draft.port) }
      : {
          kind: 'serial',
          path: draft.path.trim(),
          baudRate: numberOf(draft.baudRate),
          ...framingSettings(draft.framing),
        };
  return {
    ...draft.others,
    protocol: draft.protocol,
    transport: { ...draft.otherLine, ...line },
    unitId: numberOf(draft.unitId),
    functionCode: Number(draft.functionCode),
    pollMs: numberOf(draft.pollMs),
    refuse: draft.refuse,
    ...Object.fromEntries(
      beamPlaces.map((place) => {
        const { address, brokenWhen } = draft.beams[place];
        const none = place === 'middle' && address.trim() === '';
        return [place, none ? null : { address: numberOf(address), brokenWhen: Number(brokenWhen) }];
      }),
    ),
  };
}

/** The configured beams as a draft to begin from. */
export function beamsDraftOf(beams: Readonly<Record<string, unknown>> | null): BeamsDraft {
  if (beams === null) return emptyBeams;
  const line = asRecord(beams.transport);
  const beam = (place: BeamPlace): BeamDraft => {
    const input = asRecord(beams[place]);
    return { address: textOf(input.address, ''), brokenWhen: input.brokenWhen === 1 ? '1' : '0' };
  };
  const shown = ['kind', 'host', 'port', 'path', 'baudRate', 'dataBits', 'parity', 'stopBits'];
  return {
    protocol: beams.protocol === 'modbus-rtu' ? 'modbus-rtu' : 'modbus-tcp',
    host: textOf(line.host, emptyBeams.host),
    port: textOf(line.port, emptyBeams.port),
    path: textOf(line.path, ''),
    baudRate: textOf(line.baudRate, '9600'),
    framing: framingText(line),
    unitId: textOf(beams.unitId, '1'),
    functionCode: beams.functionCode === 1 ? '1' : '2',
    pollMs: textOf(beams.pollMs, '100'),
    refuse: beams.refuse !== false,
    beams: { entry: beam('entry'), exit: beam('exit'), middle: beam('middle') },
    otherLine: without(line, shown),
    others: without(beams, [
      ...['protocol', 'transport', 'unitId', 'functionCode', 'pollMs', 'refuse'],
      ...beamPlaces,
    ]),
  };
}

function numberOf(text: string): number | string {
  return /^\d+$/.test(text.trim()) ? Number(text) : text;
}
