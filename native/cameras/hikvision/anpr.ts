/**
 * Hikvision ISAPI, the XML of one plate, the same in the HTTP push and in the alertStream:
 *
 *   <EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
 *   <ipAddress>192.168.100.248</ipAddress><macAddress>44:a6:42:f7:3a:21</macAddress><channelID>1</channelID>
 *   <dateTime>2034-01-04T15:57:03+08:00</dateTime><activePostCount>17</activePostCount>
 *   <eventType>ANPR</eventType><eventState>active</eventState>
 *   <ANPR><country>59</country><licensePlate>蓝苏A8HK52</licensePlate><line>1</line><direction>reverse</direction>
 *   <confidenceLevel>78</confidenceLevel><plateType>92TypeCivil</plateType><plateColor>blue</plateColor>
 *   <plateCharBelieve>99,99,99,99,99,99,99</plateCharBelieve><vehicleType>buggy</vehicleType>
 *   <pictureInfoList><pictureInfo><fileName>licensePlatePicture.jpg</fileName>…</pictureInfoList></ANPR>
 *   <UUID>46dd0716-1dd2-11b2-821f-8ba17e6f56b7</UUID><picNum>2</picNum></EventNotificationAlert>
 *
 * A heartbeat is `videoloss` / `inactive`, about every ten seconds. Source: measured on a DS-TCG405-E (the clock of
 * 2034 is its own), public servers and clients. Names are matched without namespace; `palteTypeByGAT` and
 * `vehicelRect` are really spelt so. Nothing public shows `axleModel` filled: only a plain count is believed.
 */
import type { PlateColour } from '../../../station/vehicles/plateColour.ts';
import type { XmlNode } from '../bytes/xml.ts';
import { findIn, readXml, textAt } from '../bytes/xml.ts';
import { decodeText } from '../bytes/text.ts';
import type { Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import type { PlateEvent } from '../plateEvent.ts';
import { emptyEvent, isDrill, seenPlate } from '../plateEvent.ts';

export type Alert =
  | {
      readonly kind: 'plate';
      readonly event: PlateEvent;
      readonly pictures: number;
      /** Null where it names none. */
      readonly channel: number | null;
    }
  | Extract<Heard, { kind: 'alive' | 'bad' }>;

const colours: Readonly<Record<string, PlateColour>> = {
  blue: 'blue',
  yellow: 'yellow',
  white: 'white',
  black: 'black',
  green: 'green',
  newEnergyGreen: 'gradient-green',
  newEnergyYellowGreen: 'yellow-green',
  civilAviationGreen: 'green',
};
const mostPictures = 8;

/** Reads one XML document of a Hikvision. */
export function readAlert(bytes: Uint8Array): Alert {
  const text = decodeText(bytes);
  if (text === null) return { kind: 'bad', fault: 'bad-charset', detail: '' };
  if (/^\s*<(!doctype\s+html|html)/i.test(text)) return { kind: 'bad', fault: 'html-answer', detail: '' };
  const read = readXml(text);
  if (!read.ok) return { kind: 'bad', fault: read.error, detail: '' };
  const alert = read.value;
  if (alert.name !== 'EventNotificationAlert') {
    return { kind: 'bad', fault: 'not-a-plate-event', detail: alert.name };
  }
  const deviceTimeMs = timeOf(textAt(alert, 'dateTime'));
  const anpr = alert.children.find(({ name }) => name === 'ANPR');
  // Everything else this stream tells (videoloss, motion, IO) is a sign of life.
  if (anpr === undefined || textAt(alert, 'eventType').toUpperCase() !== 'ANPR') {
    return { kind: 'alive', deviceTimeMs };
  }
  const pictures = textAt(alert, 'picNum');
  return {
    kind: 'plate',
    channel: numberOf(textAt(alert, 'dynChannelID') || textAt(alert, 'channelID')),
    pictures: /^\d{1,2}$/.test(pictures) ? Math.min(mostPictures, Number(pictures)) : 0,
    event: eventOf(alert, anpr, deviceTimeMs),
  };
}

function eventOf(alert: XmlNode, anpr: XmlNode, deviceTimeMs: number | null): PlateEvent {
  const uuid = textAt(alert, 'UUID');
  const direction = textAt(anpr, 'direction');
  const serialNumber = textAt(alert, 'deviceSerialNo') || textAt(alert, 'macAddress');
  return {
    ...emptyEvent,
    serialNumber: serialNumber.slice(0, 64),
    eventId: uuid === '' ? null : uuid.slice(0, 64),
    plate: seenPlate(
      textAt(anpr, 'licensePlate'),
      colourOf(textAt(anpr, 'plateColor'), textAt(anpr, 'licensePlate')),
      numberOf(textAt(anpr, 'confidenceLevel')),
      charactersOf(textAt(anpr, 'plateCharBelieve')),
    ),
    direction: direction === 'forward' ? 'approaching' : direction === 'reverse' ? 'leaving' : 'unknown',
    deviceTimeMs,
    drill: isDrill(textAt(alert, 'deviceName'), textAt(alert, 'channelName')),
    axles: axlesOf(textAt(anpr, 'axleModel') || (findIn(anpr, 'axleNum')?.text ?? '')),
  };
}

/** A new-energy plate comes as plain green from most firmware; its form tells which of the two it is. */
function colourOf(named: string, said: string): PlateColour {
  const colour = colours[named] ?? 'other';
  if (colour !== 'green' && colour !== 'other') return colour;
  if (/[A-Z]\d{5}[A-HJK]$/.test(said)) return 'yellow-green';
  return /[A-Z][A-HJK][A-HJ-NP-Z0-9]\d{4}$/.test(said) ? 'gradient-green' : colour;
}

function numberOf(text: string): number | null {
  return /^\d{1,3}$/.test(text) ? Number(text) : null;
}

function charactersOf(text: string): readonly number[] {
  const parts = text.split(',', 32).map((part) => numberOf(part.trim()));
  return parts.every((part) => part !== null) ? parts : [];
}

function axlesOf(text: string): number | null {
  const axles = numberOf(text);
  return axles !== null && axles >= 2 && axles <= 20 ? axles : null;
}

function timeOf(text: string): number | null {
  const ms = text.length > 40 ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** What is wrong with an alert, or a sign of life, as every brand tells it. */
export function heardOf(alert: Exclude<Alert, { kind: 'plate' }>): Heard {
  return alert.kind === 'alive' ? alert : bad(alert.fault, alert.detail);
}
