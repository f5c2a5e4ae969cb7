import { useCallback, useEffect, useState } from 'react';
import type { CallError, CallOutput, PassageDetail } from '../../../station/contract.ts';
import { dateTime, kgDigits } from '../../components/format.ts';
import { Picture } from '../../components/Picture.tsx';
import { PlateMark } from '../../components/PlateMark.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { saveFile } from '../../components/saveFile.ts';
import { useWords } from '../../store/preferences.ts';
import { axleLoadsText } from '../weighing/axleLoadsText.ts';
import { useInspecting } from '../../store/inspecting.ts';
import { station, useStation } from '../../store/station.ts';
import { CurveReplay } from './CurveReplay.tsx';
import { ReleaseFacts } from '../release/ReleaseFacts.tsx';
import { ReleaseForm } from '../release/ReleaseForm.tsx';
import { Amended } from './Amended.tsx';
import { CorrectForm } from './CorrectForm.tsx';
import { useExitsWords } from '../exits/useExitsWords.ts';
import { DecisionFacts } from './DecisionFacts.tsx';
import { LatePictures, LatePlates } from './LatePlates.tsx';
import { Shots } from './Shots.tsx';
import { EvidenceNote } from './EvidenceNote.tsx';
import { openPassage } from './openPassage.ts';
import { VoidForm } from './VoidForm.tsx';
import { useEvidence, useEvidenceWords } from './useEvidence.ts';

const loadNames = ['goods', 'shipper', 'consignee', 'destination', 'contract', 'driver', 'loader'] as const;

export function PassageDetailView({ number }: { readonly number: number }): React.JSX.Element {
  const words = useWords();
  const evidenceWords = useEvidenceWords();
  const records = useRecordsWords();
  const evidence = useEvidence();
  const paperForm = useStation((state) => state.view?.paperForm ?? '241x140');
  const [detail, setDetail] = useState<PassageDetail | null>(null);
  const [paper, setPaper] = useState<CallOutput<'paper.view'> | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [loads, setLoads] = useState(0);
  const [form, setForm] = useState<'release' | 'void' | 'correct' | null>(null);
  const readOnly = useInspecting((state) => state.inspecting) !== 'no';
  const releases = useStation((state) => state.view?.releases ?? false);
  const releasable =
    form === null &&
    !readOnly &&
    releases &&
    detail?.decision?.outcome === 'refuse' &&
    detail.release === null;
  const amendable = form === null && !readOnly && detail !== null && detail.amendments.voided === null;

  useEffect(() => {
    let current = true;
    void station.call('passages.detail', { number }).then((got) => {
      if (!current) return;
      if (got.ok) setDetail(got.value);
      else setError(got.error);
    });
    void station.call('paper.view', { number, form: paperForm }).then((got) => {
      if (current) setPaper(got.ok ? got.value : null);
    });
    return () => {
      current = false;
    };
  }, [number, paperForm, loads]);

  const reprint = useCallback(async () => {
    const printed = await station.call('paper.print', { number });
    setError(printed.ok ? null : printed.error);
    setLoads((count) => count + 1);
  }, [number]);
  const savePdf = useCallback(async () => {
    const pdf = await station.call('paper.pdf', { number, form: paperForm });
    if (pdf.ok) saveFile(pdf.value, 'application/pdf');
    else setError(pdf.error);
  }, [number, paperForm]);
  const cancel = (): void => {
    setForm(null);
  };
  const done = (): void => {
    setForm(null);
    setLoads((count) => count + 1);
  };

  return (
    <main className="detail">
      <header>
        <h2 className={detail?.row.voided === true ? 'voided' : ''}>
          {detail?.row.displayNumber ?? String(number)}
          {detail?.row.voided === true && <strong className="stamp">{records.voided}</strong>}
        </h2>
        {paper !== null && (
          <>
            {!readOnly && (
              <button type="button" onClick={() => void reprint()}>
                {words.ui.reprint}
              </button>
            )}
            <button type="button" onClick={() => void savePdf()}>
              {words.ui.savePdf}
            </button>
          </>
        )}
        <button
          type="button"
          disabled={evidence.state.kind === 'working'}
          onClick={() => {
            evidence.make({ number });
          }}
        >
          {evidenceWords.export}
        </button>
        {releasable && (
          <button
            type="button"
            onClick={() => {
              setForm('release');
            }}
          >
            {words.ui.release}
          </button>
        )}
        {amendable && (
          <>
            <button
              type="button"
              onClick={() => {
                setForm('correct');
              }}
            >
              {records.correct}
            </button>
            <button
              type="button"
              className="danger"
              onClick={() => {
                setForm('void');
              }}
            >
              {records.void}
            </button>
          </>
        )}
        <button
          type="button"
          onClick={() => {
            openPassage(null);
          }}
        >{`Esc ${words.ui.back}`}</button>
      </header>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      <EvidenceNote evidence={evidence} />
      {form === 'release' ? (
        <ReleaseForm number={number} done={done} />
      ) : form === 'void' && detail !== null ? (
        <VoidForm row={detail.row} done={done} cancel={cancel} />
      ) : form === 'correct' && detail !== null ? (
        <CorrectForm detail={detail} done={done} cancel={cancel} />
      ) : (
        <>
          {detail !== null && (
            <div className="record-column">
              <Amended detail={detail} />
              <Facts detail={detail} />
            </div>
          )}
          <Evidence detail={detail} paper={paper} />
        </>
      )}
    </main>
  );
}

export function Evidence({
  detail,
  paper,
}: {
  readonly detail: PassageDetail | null;
  readonly paper: CallOutput<'paper.view'> | null;
}): React.JSX.Element {
  const words = useWords();
  return (
    <aside>
      {paper !== null && (
        <img
          className="paper"
          alt={words.ui.paper}
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(paper.svg)}`}
        />
      )}
      {detail !== null && <Shots detail={detail} />}
      {detail !== null && <OtherPictures detail={detail} />}
      {detail !== null && <LatePictures detail={detail} />}
      {detail !== null && <CurveReplay key={detail.row.number} detail={detail} />}
    </aside>
  );
}

/** What the plate cameras brought and what the exit saw, where it is not among the pictures of the moment. */
function OtherPictures({ detail }: { readonly detail: PassageDetail }): React.JSX.Element {
  const words = useWords();
  const exits = useExitsWords();
  const shown = new Set(detail.shots?.map(({ sha256 }) => sha256));
  return (
    <>
      {detail.pictureSha256
        .filter((sha256) => !shown.has(sha256))
        .map((sha256) => (
          <Picture key={sha256} sha256={sha256} label={words.ui.pictures} />
        ))}
      {detail.exits
        .filter(({ again }) => again === null)
        .map((exit) => (
          <figure key={exit.sequence}>
            <figcaption>
              {`${exits.seen} ${dateTime(exit.seenMs)} ${exits.found[exit.found]}${exit.probably ? `（${exits.probably}）` : ''}`}
            </figcaption>
            {exit.pictures.slice(0, 1).map((sha256) => (
              <Picture key={sha256} sha256={sha256} label={exits.seen} />
            ))}
          </figure>
        ))}
    </>
  );
}

export function Facts({ detail }: { readonly detail: PassageDetail }): React.JSX.Element {
  const words = useWords();
  const { row, ledger, facts, sync } = detail;
  const carried = loadNames.flatMap((name) => {
    const value = row.load[name];
    return value === null ? [] : [{ name, value }];
  });
  const kg = (value: number | null): string => (value === null ? words.ui.noTare : `${kgDigits(value)} kg`);
  return (
    <dl className="record">
      <dt>{words.ui.plate}</dt>
      <dd>
        <PlateMark plate={row.plate} colour={row.colour} />{' '}
        {detail.plateSource === 'camera' ? words.ui.camera : words.ui.typed}
        {detail.cameraPlate !== null &&
          detail.cameraPlate !== row.plate &&
          ` · ${words.ui.cameraRead} ${detail.cameraPlate}`}
        {detail.rearStated !== null &&
          ` · ${words.ui.rearPlate} ${detail.rearStated} · ${words.ui.rearPlateRead} ${detail.rearPlate ?? words.ui.unknown}`}
      </dd>
      <LatePlates detail={detail} />
      <dt>{words.ui.time}</dt>
      <dd>{dateTime(row.timeMs)}</dd>
      <dt>{words.ui.stateVehicle}</dt>
      <dd>
        {[
          facts.axles === null ? words.ui.unknown : words.axles(facts.axles),
          facts.vehicleClass === null ? null : words.classes[facts.vehicleClass],
          facts.layout,
          row.trailerPlate,
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </dd>
      <dt>{words.kinds[row.kind]}</dt>
      <dd>{kg(row.weighedKg)}</dd>
      {detail.axleLoads !== null && (
        <>
          <dt>{words.ui.axleLoadsMeasured}</dt>
          <dd>{axleLoadsText(detail.axleLoads)}</dd>
        </>
      )}
      {row.kind === 'gross' && (
        <>
          <dt>{words.ui.tare}</dt>
          <dd>{`${kg(row.tareKg)}${detail.tareNumber === null ? '' : ` (${words.ui.number} ${String(detail.tareNumber)})`}`}</dd>
          <dt>{words.ui.net}</dt>
          <dd>{row.netKg === null ? '—' : kg(row.netKg)}</dd>
          <dt>{words.ui.limit}</dt>
          <dd>{row.limitKg === null ? words.ui.unknown : kg(row.limitKg)}</dd>
        </>
      )}
      <DecisionFacts detail={detail} />
      {detail.release !== null && <ReleaseFacts release={detail.release} />}
      {carried.length > 0 && (
        <>
          <dt>{words.ui.load}</dt>
          <dd>
            {carried.map(({ name, value }) => (
              <p key={name}>{`${words.load[name]} ${value}`}</p>
            ))}
          </dd>
        </>
      )}
      <dt>{words.ui.operator}</dt>
      <dd>{detail.operator ?? words.ui.none}</dd>
      <dt>{words.ui.copies}</dt>
      <dd>
        {detail.papers.length === 0
          ? words.ui.none
          : detail.papers.map((paper) => (
              <p key={paper.copy}>
                {`${String(paper.copy)} · ${dateTime(paper.timeMs)} · ${paper.printer ?? 'PDF'}${paper.failure === null ? '' : ` · ${words.ui.notPrinted}: ${paper.failure}`}`}
              </p>
            ))}
      </dd>
      <dt>{words.ui.synced}</dt>
      <dd>
        {`${words.rowSync[row.sync]}${sync.deliveredAtMs === null ? '' : ` ${dateTime(sync.deliveredAtMs)}`}${sync.lastError === null ? '' : ` · ${sync.lastError}`}`}
      </dd>
      <dt>{words.ui.ledger}</dt>
      <dd>
        {`#${String(ledger.sequence)} ${ledger.intact ? `✔ ${words.ui.intact}` : `✖ ${words.ui.broken}`}`}
        <code>{ledger.hash}</code>
      </dd>
      <dt>{words.ui.frames}</dt>
      <dd>
        <code>{detail.frames.at(-1) ?? '—'}</code>
      </dd>
    </dl>
  );
}
