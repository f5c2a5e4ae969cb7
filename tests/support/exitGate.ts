import type { CallInput, CallOutput, ExitRow, PlateColour } from '../../station/contract.ts';
import { truckJpeg } from './jpegServer.ts';
import type { TestYard } from './yard.ts';

let nth = 0;

/** A camera of the yard sees a vehicle: pushed over HTTP as any camera's own program would. */
export async function sees(
  yard: TestYard,
  camera: string,
  plate: string | null,
  more: Readonly<Record<string, unknown>> & { readonly colour?: PlateColour } = {},
): Promise<void> {
  nth += 1;
  const response = await fetch(`http://127.0.0.1:${String(yard.station.cameraPort)}/cameras/${camera}`, {
    method: 'POST',
    body: JSON.stringify({
      ...{ eventId: `seen-${String(nth)}`, plate, colour: 'yellow' },
      // No two pictures of a yard are alike to the byte.
      pictures: [{ role: 'full', base64: jpegOf(nth).toString('base64') }],
      ...more,
    }),
  });
  if (response.status !== 200) throw new Error(await response.text());
}

/** A JPEG of its own: what stands behind the end of the picture is no part of it to any viewer. */
function jpegOf(number: number): Buffer {
  const comment = Buffer.from(`picture ${String(number)}`);
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([truckJpeg.subarray(0, 2), head, comment, truckJpeg.subarray(2)]);
}

export async function listExits(
  yard: TestYard,
  query: Partial<CallInput<'exits.list'>> = {},
): Promise<CallOutput<'exits.list'>> {
  const listed = await yard.screen.call('exits.list', {
    ...{ beforeSequence: null, limit: 100, show: 'all', found: null, plate: null, from: null, to: null },
    ...query,
  });
  if (!listed.ok) throw new Error(listed.error.code);
  return listed.value;
}

/** The last sighting. */
export async function lastExit(yard: TestYard): Promise<ExitRow> {
  const [row] = (await listExits(yard, { limit: 1 })).rows;
  if (row === undefined) throw new Error('nothing was seen at the exit');
  return row;
}
