/**
 * An ONVIF event of a recognised plate (Analytics Service Specification, LicensePlate; Media of the same):
 *
 *   <wsnt:NotificationMessage><wsnt:Topic …>tns1:RuleEngine/Recognition/LicensePlate</wsnt:Topic><wsnt:Message>
 *   <tt:Message UtcTime="2026-03-09T02:00:00Z" PropertyOperation="Initialized">
 *   <tt:Source><tt:SimpleItem Name="VideoSource" Value="VideoSource_1"/><tt:SimpleItem Name="Rule" Value="LPR"/></tt:Source>
 *   <tt:Data><tt:SimpleItem Name="ObjectId" Value="77"/><tt:SimpleItem Name="Likelihood" Value="0.9"/>
 *   <tt:SimpleItem Name="Image" Value="<base64>"/><tt:ElementItem Name="LicensePlateInfo"><tt:LicensePlateInfo>
 *   <tt:PlateNumber Likelihood="0.9">晋C12845</tt:PlateNumber><tt:PlateType Likelihood="0.8">Normal</tt:PlateType>
 *   </tt:LicensePlateInfo></tt:ElementItem></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>
 *
 * Source: onvif/specs. Vendors have topics of their own (Axis, Milesight); any topic whose name tells of a licence
 * plate is looked at. The colour is not part of the standard.
 */
import type { XmlNode } from '../bytes/xml.ts';
import { findAll, findIn } from '../bytes/xml.ts';
import { jpegOfBase64 } from '../bytes/jpeg.ts';
import type { CameraFault, Heard } from '../heard.ts';
import type { CameraPicture } from '../plateEvent.ts';
import { emptyEvent, isDrill, seenPlate } from '../plateEvent.ts';

const plateTopic = /licen[cs]e.?plate|\blpr\b|\banpr\b/i;
const plateNames = ['PlateNumber', 'LicensePlate', 'Plate', 'plate', 'carPlate'] as const;

/** Every plate in the answer to a PullMessages. */
export function readPlateMessages(answer: XmlNode): readonly Heard[] {
  return findAll(answer, 'NotificationMessage')
    .filter((message) => plateTopic.test(findIn(message, 'Topic')?.text ?? ''))
    .map(readMessage);
}

function readMessage(notification: XmlNode): Heard {
  const message = findAll(notification, 'Message').find(({ attributes }) => attributes.UtcTime !== undefined);
  const number = findIn(notification, 'PlateNumber');
  const items = new Map(
    findAll(notification, 'SimpleItem').map(({ attributes }) => [
      attributes.Name ?? '',
      attributes.Value ?? '',
    ]),
  );
  const said = number?.text ?? plateNames.map((name) => items.get(name)).find((value) => value !== undefined);
  if (message === undefined || said === undefined) {
    return { kind: 'bad', fault: 'not-a-plate-event', detail: '' };
  }
  const utcTime = message.attributes.UtcTime ?? '';
  const likelihood = Number(number?.attributes.Likelihood ?? items.get('Likelihood') ?? Number.NaN);
  const timeMs = Date.parse(utcTime.slice(0, 40));
  const flaws: CameraFault[] = [];
  const pictures: CameraPicture[] = [];
  const coded = items.get('Image') ?? imageItem(notification);
  if (coded !== '') {
    const bytes = jpegOfBase64(coded);
    if (bytes === null) flaws.push('bad-picture');
    else pictures.push({ role: 'full', bytes });
  }
  return {
    kind: 'plate',
    flaws,
    event: {
      ...emptyEvent,
      serialNumber: (items.get('VideoSource') ?? '').slice(0, 64),
      eventId: `${utcTime.slice(0, 40)}/${(items.get('ObjectId') ?? said).slice(0, 40)}`,
      plate: seenPlate(
        said.slice(0, 64),
        'other',
        likelihood >= 0 && likelihood <= 1 ? likelihood * 100 : null,
      ),
      direction: directionOf(items.get('Direction') ?? ''),
      deviceTimeMs: Number.isNaN(timeMs) ? null : timeMs,
      drill: isDrill(items.get('VideoSource'), items.get('Rule')),
      pictures,
    },
  };
}

function imageItem(notification: XmlNode): string {
  const item = findAll(notification, 'ElementItem').find(({ attributes }) => attributes.Name === 'Image');
  return item === undefined ? '' : (item.children[0]?.text ?? item.text);
}

function directionOf(word: string): 'approaching' | 'leaving' | 'unknown' {
  if (/approach|forward|towards/i.test(word)) return 'approaching';
  return /leav|away|reverse/i.test(word) ? 'leaving' : 'unknown';
}
