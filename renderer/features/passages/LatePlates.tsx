import type { LatePlateRow, PassageDetail } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { Picture } from '../../components/Picture.tsx';
import { PlateMark } from '../../components/PlateMark.tsx';
import { useCamerasWords } from '../cameras/useCamerasWords.ts';

/** What cameras told of this vehicle after its record was written, and whether it is the plate recorded. */
export function LatePlates({ detail }: { readonly detail: PassageDetail }): React.JSX.Element | null {
  const words = useCamerasWords();
  if (detail.latePlates.length === 0) return null;
  return (
    <>
      <dt>{words.toldLate}</dt>
      <dd>
        {detail.latePlates.map((row) => (
          <LateLine key={row.sequence} row={row} />
        ))}
      </dd>
    </>
  );
}

/** A clock this near the station's is not worth a word. */
const sameClockMs = 2000;

function LateLine({ row }: { readonly row: LatePlateRow }): React.JSX.Element {
  const words = useCamerasWords();
  const { camera, end, plate, colour, percent, rearPlate, deviceMs, seenMs, receivedMs, lateMs, says } = row;
  return (
    <p>
      {plate !== null && <PlateMark plate={plate} colour={colour} />}
      {[
        percent === null ? null : `${String(percent)}%`,
        rearPlate === null ? null : `${words.ends.rear} ${rearPlate}`,
      ]
        .filter((part) => part !== null)
        .map((part) => ` ${part}`)
        .join(' ·')}{' '}
      {says === 'other' ? <strong className="error">{words.lateSays[says]}</strong> : words.lateSays[says]}
      <br />
      {`${camera} · ${words.ends[end]} · ${words.lateTimes(dateTime(seenMs), dateTime(receivedMs), words.lateBy(lateMs))}`}
      {deviceMs !== null &&
        Math.abs(deviceMs - seenMs) >= sameClockMs &&
        ` · ${words.deviceClock} ${dateTime(deviceMs)}`}
    </p>
  );
}

export function LatePictures({ detail }: { readonly detail: PassageDetail }): React.JSX.Element {
  const words = useCamerasWords();
  return (
    <div className="shots">
      {detail.latePlates.map((row) =>
        row.pictures.slice(0, 1).map((sha256) => (
          <figure key={sha256}>
            <figcaption>
              {`${words.toldLate} · ${row.camera} · ${row.plate ?? words.lateSays.unread} · ${dateTime(row.seenMs)}`}
            </figcaption>
            <Picture sha256={sha256} label={words.toldLate} />
          </figure>
        )),
      )}
    </div>
  );
}
