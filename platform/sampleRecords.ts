import type { ChainLink } from '../station/ledger/chain.ts';
import { forgeLink, genesisHash } from '../station/ledger/chain.ts';
import type { EventBody, LedgerEvent } from '../station/ledger/event.ts';
import { sampleWeighing } from '../station/ledger/sampleWeighing.ts';
import { unknownFacts } from '../station/vehicles/facts.ts';

/** A run of chained ledger events as a station writes them, weighings mostly. */
export function makeChain(
  count: number,
  options: {
    readonly station?: string;
    readonly mode?: 'real' | 'drill';
    readonly body?: (sequence: number) => EventBody;
  } = {},
): readonly ChainLink[] {
  const { station = 'YH-01', mode = 'real', body = weighingBody } = options;
  return chained(null, count, station, mode, body);
}

/** Three events that go on from `head`, as a restored store would write them. */
export function branchAfter(head: ChainLink, body: (sequence: number) => EventBody): readonly ChainLink[] {
  return chained(head, 3, 'YH-01', 'real', body);
}

function chained(
  before: ChainLink | null,
  count: number,
  station: string,
  mode: 'real' | 'drill',
  body: (sequence: number) => EventBody,
): readonly ChainLink[] {
  const links: ChainLink[] = [];
  const from = before?.sequence ?? 0;
  for (let sequence = from + 1; sequence <= from + count; sequence += 1) {
    const event: LedgerEvent = {
      v: 1,
      station,
      mode,
      sequence,
      timeMs: 1_770_000_000_000 + sequence,
      bootId: 'boot',
      monotonicMs: sequence,
      clockSource: 'system',
      driftMs: 0,
      ...body(sequence),
    };
    links.push(forgeLink((links.at(-1) ?? before)?.hash ?? genesisHash, event));
  }
  return links;
}

export function weighingBody(number: number, plate = '晋C83N16'): EventBody {
  return {
    type: 'weighing',
    body: sampleWeighing({
      number,
      crossingId: `crossing-${String(number)}`,
      kind: 'gross',
      plate,
      plateSource: 'camera',
      cameraPlate: plate,
      facts: { ...unknownFacts, axles: 6 },
      weighedKg: 46_650,
      grossKg: 46_650,
      tareKg: null,
    }),
  };
}
