/**
 * Who a Dahua is; its events carry only the name somebody gave it (`MachineName`), if any:
 *
 *   GET /cgi-bin/magicBox.cgi?action=getSerialNo
 *   sn=YZC0GZ05100020
 */
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import { decodeText } from '../bytes/text.ts';
import type { CameraHttp, HttpFault } from '../http/cameraHttp.ts';

const path = '/cgi-bin/magicBox.cgi?action=getSerialNo';
const maxBytes = 4096;

/** Null where it does not say; an error only when the login was refused. */
export async function askSerialNumber(
  http: CameraHttp,
  signal: AbortSignal,
): Promise<Result<string | null, Extract<HttpFault, { kind: 'login-refused' }>>> {
  const asked = await http.fetch({ method: 'GET', path, signal }, maxBytes);
  if (!asked.ok) return asked.error.kind === 'login-refused' ? err(asked.error) : ok(null);
  return ok(readSerialNumber(asked.value.body));
}

export function readSerialNumber(bytes: Uint8Array): string | null {
  return (
    /^\s*(?:sn|SerialNo|serialNumber)=([\x21-\x7e]{1,64})\s*$/im.exec(decodeText(bytes) ?? '')?.[1] ?? null
  );
}
