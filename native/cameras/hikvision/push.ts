/**
 * Hikvision ISAPI HTTP push ("HTTP listening", httpHosts): one form a plate, without any authentication.
 *
 *   POST /cameras/ID   multipart/form-data; boundary=---------------------------7e13971310878
 *   -----------------------------7e13971310878
 *   Content-Disposition: form-data; name="anpr.xml";filename="anpr.xml"
 *   Content-Type: application/xml; charset="UTF-8"
 *   Content-Length: 3686
 *
 *   <EventNotificationAlert …>                                      see anpr.ts
 *   -----------------------------7e13971310878
 *   Content-Disposition: form-data; name="licensePlatePicture.jpg";filename="licensePlatePicture.jpg"
 *   Content-Type: image/pjpeg
 *   …
 *
 * The order of the parts is no contract. Heartbeats may come as bare application/xml.
 */
import type { PushBrand } from '../camera.ts';
import { Parts, boundaryOf } from '../bytes/parts.ts';
import type { Part } from '../bytes/parts.ts';
import { isWholeJpeg } from '../bytes/jpeg.ts';
import type { CameraFault, Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import type { CameraPicture } from '../plateEvent.ts';
import { heardOf, readAlert } from './anpr.ts';
import type { Alert } from './anpr.ts';

const mostParts = 12;

/** Reads the body of one push. */
export function readHikvisionPush(contentType: string, body: Uint8Array): Heard {
  if (!/^\s*multipart\//i.test(contentType)) {
    const alert = readAlert(body);
    return alert.kind === 'plate' ? { kind: 'plate', event: alert.event, flaws: [] } : heardOf(alert);
  }
  const parts: Part[] = [];
  const faults = new Set<string>();
  const reader = new Parts({
    boundary: boundaryOf(contentType) ?? boundarySeen(body),
    onPart: (part) => {
      if (part.body.length > 0 && parts.length < mostParts) parts.push(part);
    },
    onFault: (fault) => {
      faults.add(fault);
    },
  });
  reader.add(body);
  reader.end();
  if (faults.has('too-large')) return bad('too-large');
  let alert: Alert | null = null;
  const flaws: CameraFault[] = [];
  const pictures: CameraPicture[] = [];
  for (const part of parts) {
    const role = pictureRole(part);
    if (role === null) alert = preferred(alert, readAlert(part.body));
    else if (isWholeJpeg(part.body)) pictures.push({ role, bytes: part.body });
    else flaws.push('bad-picture');
  }
  if (alert === null) return bad('not-multipart');
  if (alert.kind !== 'plate') return heardOf(alert);
  // The scene first: it is what a person looks at.
  pictures.sort((one, other) => one.role.localeCompare(other.role));
  return { kind: 'plate', event: { ...alert.event, pictures }, flaws };
}

/** A plate among several documents is what the push is about. */
function preferred(before: Alert | null, next: Alert): Alert {
  return before === null || next.kind === 'plate' ? next : before;
}

/** Null for a part that is no picture. */
export function pictureRole({ headers, body }: Part): CameraPicture['role'] | null {
  const image = /^image\//i.test(headers['content-type'] ?? '') || (body[0] === 0xff && body[1] === 0xd8);
  if (!image) return null;
  const named = `${headers['content-disposition'] ?? ''} ${headers['content-id'] ?? ''}`;
  return /licensePlate|plateCrop/i.test(named) ? 'plate' : 'full';
}

function boundarySeen(body: Uint8Array): string {
  const first = Buffer.from(body.subarray(0, 200)).toString('latin1').split('\r\n', 1)[0] ?? '';
  return first.replace(/^--/, '') || 'boundary';
}

export const hikvisionPush: PushBrand = {
  read: ({ contentType, body }) => readHikvisionPush(contentType, body),
  answer: () => ({ status: 200, contentType: 'text/plain', body: '' }),
};
