import type { CandidateView, NeighbourInput } from '../../../station/contract.ts';
import type { LineKind } from '../../words/installerWords.ts';
import { asRecord, framingSettings, framingText, textOf, without } from './settingsText.ts';

/** What an installer has typed so far; numbers stay text until they are sent. */
export interface Draft {
  readonly kind: LineKind;
  readonly path: string;
  readonly usb: {
    readonly vendorId: string;
    readonly productId: string;
    readonly serialNumber?: string;
  } | null;
  readonly host: string;
  readonly port: string;
  readonly allowFrom: string;
  readonly baudRate: string;
  readonly framing: string;
  /** Modem lines as they have to be; empty leaves them as the system sets them. */
  readonly rts: string;
  readonly dtr: string;
  /** What the file says of the line and the instrument that this form does not show: it stays. */
  readonly otherLine: Readonly<Record<string, unknown>>;
  readonly others: Readonly<Record<string, unknown>>;
  readonly profile: string;
  readonly options: string;
  readonly unit: 'kg' | 't';
  readonly divisionKg: string;
  readonly maxKg: string;
  readonly minKg: string;
  readonly verificationExpires: string | null;
  readonly pollMs: string;
  readonly neighbours: readonly NeighbourDraft[];
}

/** Another indicator on the cable, as typed. */
export interface NeighbourDraft {
  readonly name: string;
  readonly profile: string;
  readonly options: string;
  readonly divisionKg: string;
  readonly maxKg: string;
  readonly others: Readonly<Record<string, unknown>>;
}

export const emptyNeighbour: NeighbourDraft = {
  name: '',
  profile: 'yaohua-command',
  options: '{"address":"B"}',
  divisionKg: '20',
  maxKg: '100000',
  others: {},
};

export const emptyDraft: Draft = {
  kind: 'serial',
  path: '',
  usb: null,
  host: '192.168.1.10',
  port: '4001',
  allowFrom: '',
  baudRate: '9600',
  framing: '8N1',
  rts: '',
  dtr: '',
  otherLine: {},
  others: {},
  profile: 'yaohua-continuous',
  options: '{}',
  unit: 'kg',
  divisionKg: '20',
  maxKg: '100000',
  minKg: '',
  verificationExpires: null,
  pollMs: '200',
  neighbours: [],
};

export const framings = ['8N1', '7E1', '7O1', '8E1', '8O1', '8N2', '7N1'] as const;
export const baudRates = [
  '9600',
  '4800',
  '2400',
  '1200',
  '19200',
  '600',
  '38400',
  '57600',
  '115200',
] as const;

export function lineOf(draft: Draft): Record<string, unknown> {
  const senders = draft.allowFrom.split(/[\s,，]+/).filter((text) => text !== '');
  switch (draft.kind) {
    case 'serial':
      return {
        ...draft.otherLine,
        kind: 'serial',
        ...(draft.path === '' ? {} : { path: draft.path }),
        ...(draft.usb === null ? {} : { usb: draft.usb }),
        baudRate: Number(draft.baudRate),
        ...framingSettings(draft.framing),
        ...(draft.rts === '' ? {} : { rts: draft.rts === 'on' }),
        ...(draft.dtr === '' ? {} : { dtr: draft.dtr === 'on' }),
      };
    case 'tcp':
      return { ...draft.otherLine, kind: 'tcp', host: draft.host, port: Number(draft.port) };
    case 'tcp-server':
    case 'udp':
      return { ...draft.otherLine, kind: draft.kind, port: Number(draft.port), allowFrom: senders };
  }
}

/** Null when the text is no JSON object. */
function optionsOf(text: string): Record<string, unknown> | null {
  let options: unknown;
  try {
    options = JSON.parse(text.trim() === '' ? '{}' : text);
  } catch {
    return null;
  }
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return null;
  return { ...options };
}

/** Null when the options of one of them are no JSON object. */
export function neighboursOf(draft: Draft): NeighbourInput[] | null {
  const made: NeighbourInput[] = [];
  for (const { name, profile, options, divisionKg, maxKg, others } of draft.neighbours) {
    const read = optionsOf(options);
    if (read === null) return null;
    made.push({
      name,
      instrument: {
        ...others,
        profile,
        options: read,
        divisionKg: Number(divisionKg),
        maxKg: Number(maxKg),
      },
    });
  }
  return made;
}

/** Null when the options are no JSON object. */
export function instrumentOf(draft: Draft): Record<string, unknown> | null {
  const options = optionsOf(draft.options);
  if (options === null) return null;
  return {
    ...draft.others,
    profile: draft.profile,
    options,
    transport: lineOf(draft),
    unit: draft.unit,
    pollMs: Number(draft.pollMs),
    divisionKg: Number(draft.divisionKg),
    maxKg: Number(draft.maxKg),
    ...(draft.minKg.trim() === '' ? {} : { minKg: Number(draft.minKg) }),
    ...(draft.verificationExpires === null ? {} : { verificationExpires: draft.verificationExpires }),
  };
}

export function withCandidate(draft: Draft, candidate: CandidateView): Draft {
  return {
    ...draft,
    profile: candidate.profile,
    options: '{}',
    ...(candidate.baudRate === null ? {} : { baudRate: String(candidate.baudRate) }),
    ...(candidate.framing === null ? {} : { framing: candidate.framing }),
  };
}

/** The configured instrument as a draft to begin from. */
export function draftOf(
  instrument: Readonly<Record<string, unknown>> | null,
  neighbours: readonly NeighbourInput[],
): Draft {
  if (instrument === null) return emptyDraft;
  const line = asRecord(instrument.transport);
  const kind =
    (['serial', 'tcp', 'tcp-server', 'udp'] as const).find((each) => each === line.kind) ?? 'serial';
  const usb = asRecord(line.usb);
  return {
    ...emptyDraft,
    kind,
    path: textOf(line.path, ''),
    usb:
      typeof usb.vendorId === 'string' && typeof usb.productId === 'string'
        ? {
            vendorId: usb.vendorId,
            productId: usb.productId,
            ...(typeof usb.serialNumber === 'string' ? { serialNumber: usb.serialNumber } : {}),
          }
        : null,
    host: textOf(line.host, emptyDraft.host),
    port: textOf(line.port, emptyDraft.port),
    allowFrom: Array.isArray(line.allowFrom) ? line.allowFrom.join(' ') : '',
    baudRate: textOf(line.baudRate, '9600'),
    framing: kind === 'serial' ? framingText(line) : '8N1',
    rts: line.rts === undefined ? '' : line.rts === true ? 'on' : 'off',
    dtr: line.dtr === undefined ? '' : line.dtr === true ? 'on' : 'off',
    otherLine: without(line, [
      ...['kind', 'path', 'usb', 'port', 'allowFrom', 'baudRate', 'dataBits', 'parity', 'stopBits'],
      ...['rts', 'dtr', ...(kind === 'tcp' ? ['host'] : [])],
    ]),
    others: without(instrument, [
      ...['profile', 'options', 'transport', 'unit', 'pollMs', 'divisionKg', 'maxKg', 'minKg'],
      'verificationExpires',
    ]),
    profile: textOf(instrument.profile, emptyDraft.profile),
    options: JSON.stringify(instrument.options ?? {}),
    unit: instrument.unit === 't' ? 't' : 'kg',
    divisionKg: textOf(instrument.divisionKg, '20'),
    maxKg: textOf(instrument.maxKg, '100000'),
    minKg: textOf(instrument.minKg, ''),
    verificationExpires:
      typeof instrument.verificationExpires === 'string' ? instrument.verificationExpires : null,
    pollMs: textOf(instrument.pollMs, '200'),
    neighbours: neighbours.map(({ name, instrument: other }) => ({
      name,
      profile: textOf(other.profile, emptyNeighbour.profile),
      options: JSON.stringify(other.options ?? {}),
      divisionKg: textOf(other.divisionKg, '20'),
      maxKg: textOf(other.maxKg, '100000'),
      others: without(other, ['profile', 'options', 'divisionKg', 'maxKg']),
    })),
  };
}
