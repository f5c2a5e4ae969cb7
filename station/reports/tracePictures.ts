import { chineseDateTime } from '../chineseTime.ts';
import type { ExitRow, LatePlateRow, PassageDetail, Shot } from '../contract.ts';
import { kgWords, unknown } from '../slips/words.ts';
import type { Block, ReportPicture } from './report.ts';
import { exitFoundWords, kindWords, lateSaysWords, missedWords, viewWords } from './words.ts';

/** JPEG in base64 by SHA-256; null when it is missing or no longer what it was. */
export type JpegOf = (sha256: string) => string | null;

/**
 * The pictures of a passage, empty and loaded: each with what an overlay would say, beside the camera's own bytes and
 * not on them. One that was missed stands there with the reason.
 */
export function pictureBlocks(
  { detail, tare }: { readonly detail: PassageDetail; readonly tare: PassageDetail | null },
  stationName: string,
  jpegOf: JpegOf,
): readonly Block[] {
  const moments = [tare, detail].flatMap((each) =>
    each === null
      ? []
      : group(each.row.kind === 'tare' ? '皮重时照片 When empty' : '毛重时照片 When loaded', [
          ...(each.shots ?? []).map((shot) => shotPicture(each, shot, stationName, jpegOf)),
          ...platePictures(each, stationName, jpegOf),
        ]),
  );
  const exits = detail.exits.flatMap((exit) =>
    exit.pictures.map((sha256) => exitPicture(exit, sha256, stationName, jpegOf)),
  );
  const late = detail.latePlates.flatMap((row) =>
    row.pictures.map((sha256) => latePicture(row, sha256, stationName, jpegOf)),
  );
  return [...moments, ...group('补传识别照片 Told later', late), ...group('出口照片 At the exit', exits)];
}

function group(text: string, pictures: readonly ReportPicture[]): readonly Block[] {
  return pictures.length === 0
    ? []
    : [
        { kind: 'heading', text },
        { kind: 'pictures', pictures },
      ];
}

/** Plate, weight, station, time and number, as they stand over it on the screen. */
function overlay({ row }: PassageDetail, stationName: string, timeMs: number): readonly string[] {
  return [
    `${row.plate} ${kindWords[row.kind]} ${kgWords(row.weighedKg)}`,
    `${chineseDateTime(timeMs)} ${row.displayNumber}`,
    stationName,
  ];
}

function shotPicture(
  of: PassageDetail,
  { camera, view, sha256, missed, origin, seenMs }: Shot,
  stationName: string,
  jpegOf: JpegOf,
): ReportPicture {
  const from = origin === 'plate-event' ? '（车牌识别时）' : '';
  return {
    label: `${viewWords[view]} ${camera}${from}`,
    lines: overlay(of, stationName, seenMs ?? of.row.timeMs),
    jpeg: sha256 === null ? null : jpegOf(sha256),
    lost: missed === null ? '照片缺失 missing' : `未取到 missed: ${missedWords(missed)}`,
  };
}

/** What the plate cameras brought, where it is not one of the pictures of the moment itself. */
function platePictures(of: PassageDetail, stationName: string, jpegOf: JpegOf): readonly ReportPicture[] {
  const shown = new Set((of.shots ?? []).map(({ sha256 }) => sha256));
  return of.pictureSha256
    .filter((sha256) => !shown.has(sha256))
    .map((sha256) => ({
      label: `车牌识别 ${sha256.slice(0, 12)}`,
      lines: overlay(of, stationName, of.row.timeMs),
      jpeg: jpegOf(sha256),
      lost: '照片缺失 missing',
    }));
}

function latePicture(
  { camera, plate, says, seenMs }: LatePlateRow,
  sha256: string,
  stationName: string,
  jpegOf: JpegOf,
): ReportPicture {
  return {
    label: `补传 ${camera} ${lateSaysWords[says]}`,
    lines: [plate ?? unknown, chineseDateTime(seenMs), stationName],
    jpeg: jpegOf(sha256),
    lost: '照片缺失 missing',
  };
}

function exitPicture(exit: ExitRow, sha256: string, stationName: string, jpegOf: JpegOf): ReportPicture {
  return {
    label: `出口 ${exit.camera} ${exitFoundWords[exit.found]}${exit.probably ? '（疑似）' : ''}`,
    lines: [exit.plate ?? unknown, chineseDateTime(exit.seenMs), stationName],
    jpeg: jpegOf(sha256),
    lost: '照片缺失 missing',
  };
}
