import { randomBytes } from 'node:crypto';
import type { CallError, CallInput, CallOutput, inspectionCalls } from '../../station/contract.ts';
import { inspectionReport } from '../../station/reports/inspectionReport.ts';
import type { Inspection } from '../../station/reports/inspectionSummary.ts';
import { findings, signedSummary } from '../../station/reports/inspectionSummary.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { giveOut } from '../printers/giveOut.ts';
import type { Inspector } from './inspector.ts';
import { ownSigner } from './ownKey.ts';

/** The inspector's calls. `random` gives the seed where the inspector brings none. */
export function inspectionHandlers(
  desk: Desk,
  inspector: Inspector,
  random: () => string = () => randomBytes(16).toString('hex'),
): Pick<Handlers, keyof typeof inspectionCalls> {
  let signing = false;
  return {
    'inspection.look': async () => {
      const figures = await inspector.figures();
      return figures.ok ? ok({ figures: figures.value, state: inspector.state() }) : figures;
    },
    'inspection.check': () => ok(inspector.check()),
    'inspection.progress': () => ok(inspector.progress),
    'inspection.sample': async ({ count, seed }) => {
      const drawn = seed ?? random();
      return ok({ seed: drawn, ...(await inspector.sample(drawn, count)) });
    },
    'inspection.sign': async (input) => {
      // One at a time: each prints a paper.
      if (signing) return err({ code: 'station-busy', detail: '' });
      signing = true;
      try {
        return await signInspection(desk, inspector, input);
      } finally {
        signing = false;
      }
    },
    // Answered by the line a screen hangs on; one that has no such line is no inspector's.
    'inspection.mode': () => ok({ on: false }),
  };
}

async function signInspection(
  desk: Desk,
  inspector: Inspector,
  { inspector: name, remark, count, seed }: CallInput<'inspection.sign'>,
): Promise<Result<CallOutput<'inspection.sign'>, CallError>> {
  const { settings, mode, clock } = desk.deps;
  const signer = ownSigner(desk);
  if (signer === null) return err({ code: 'key-not-made', detail: '' });
  const figures = await inspector.figures();
  if (!figures.ok) return figures;
  const inspection: Inspection = {
    ...{ station: settings.station, mode, inspector: name, remark, seed },
    atMs: clock.nowMs(),
    figures: figures.value,
    state: inspector.state(),
    chain: inspector.progress,
    ...(await inspector.sample(seed, count)),
  };
  const { json, sha256 } = signedSummary(inspection, signer);
  const found = findings(inspection).length;
  // What was signed is in the ledger before anybody holds it in hand.
  const written = desk.append({
    type: 'inspection',
    body: {
      inspector: name,
      summarySha256: sha256,
      sampled: inspection.rows.map(({ check }) => check.number),
      found,
    },
  });
  if (!written.ok) return written;
  const given = await giveOut(desk, inspectionReport(inspection, { sha256, keyId: signer.keyId }), true);
  if (!given.ok) return given;
  const { fileName, base64, notPrinted } = given.value;
  return ok({ sha256, found, fileName, base64, json, notPrinted });
}
