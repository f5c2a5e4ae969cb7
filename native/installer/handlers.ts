import { Buffer } from 'node:buffer';
import type { InstrumentLive, NeighbourLive, PortView } from '../../station/contract.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { LineNeighbour } from '../instruments/bus/lineNeighbour.ts';
import type { IndicatorConfig } from '../instruments/indicatorConfig.ts';
import { profiles } from '../instruments/protocols/profiles.ts';
import { invalidReasons } from '../instruments/protocols/protocol.ts';
import { suggestCustom } from '../instruments/suggestCustom.ts';
import { TransportConfig } from '../instruments/transportConfig.ts';
import type { Handlers } from '../peer.ts';
import { DetectJob } from './detectJob.ts';
import { installerReport } from './report.ts';
import type { NeighbourView } from './cable.ts';
import { checkInstrument, checkNeighbours, writeSettings } from './settingsFile.ts';

type Own = Extract<keyof Handlers, `instrument.${string}`>;

/** The installer's calls: find the line, find the protocol, compare with the display, save, report. */
export function instrumentHandlers(desk: Desk): Pick<Handlers, Own> {
  const { clock, settingsFile } = desk.deps;
  const detect = new DetectJob();
  const slot = (): NonNullable<Desk['instrument']> => {
    if (desk.instrument === null) throw new Error('the desk has no instrument slot yet');
    return desk.instrument;
  };
  const busy = (): boolean => desk.lane.view().crossingId !== null;

  return {
    'instrument.ports': async () => ok({ ports: await listPorts() }),
    'instrument.profiles': () =>
      ok({
        profiles: profiles.map(({ id, labelZh, labelEn, makers, mode, directionAmbiguous, line }) => ({
          id,
          labelZh,
          labelEn,
          makers: [...makers],
          mode,
          directionAmbiguous,
          baudRates: [...line.baudRates],
          framings: [...line.framings],
        })),
      }),
    'instrument.get': () =>
      ok({
        instrument: slot().own === null ? null : { ...slot().own },
        neighbours: desk.deps.settings.lineNeighbours.map(({ name, instrument }) => ({
          name,
          instrument: { ...instrument },
        })),
        file: settingsFile,
      }),
    'instrument.live': () => ok(liveView(desk)),
    'instrument.detect': async ({ line }) => {
      const config = TransportConfig.safeParse(line);
      if (!config.success) {
        return err({ code: 'bad-request', detail: config.error.issues[0]?.path.join('.') ?? '' });
      }
      if (busy()) return err({ code: 'vehicle-on-scale', detail: '' });
      await slot().release();
      void detect.run(config.data).finally(() => void slot().backToOwn());
      return ok({});
    },
    'instrument.found': () => ok(detect.view()),
    'instrument.try': async ({ instrument }) => {
      const checked = checkInstrument(instrument);
      if (!checked.ok) return ok({ problems: [...checked.error] });
      if (busy()) return err({ code: 'vehicle-on-scale', detail: '' });
      detect.stop();
      await slot().try(checked.value);
      return ok({ problems: [] });
    },
    'instrument.suggest': () => {
      const bytes = Buffer.from(
        liveView(desk)
          .bytes.map(({ hex }) => hex)
          .join(''),
        'hex',
      );
      const suggested = suggestCustom(bytes);
      return ok({ options: suggested === null ? null : { ...suggested } });
    },
    'instrument.stop': async () => {
      detect.stop();
      await slot().backToOwn();
      return ok({});
    },
    'instrument.save': async ({ instrument, neighbours }) => {
      const checked = checkInstrument(instrument);
      if (!checked.ok) return ok({ problems: [...checked.error] });
      const beside = checkNeighbours(checked.value, neighbours);
      if (!beside.ok) return ok({ problems: [...beside.error] });
      if (busy()) return err({ code: 'vehicle-on-scale', detail: '' });
      const recorded = desk.append({
        type: 'instrument-changed',
        body: {
          before: slot().own === null ? null : written(slot().own, desk.deps.settings.lineNeighbours),
          now: written(checked.value, neighbours),
          operator: desk.operator,
        },
      });
      if (!recorded.ok) return recorded;
      const saved = await writeSettings(settingsFile, { instrument, lineNeighbours: neighbours });
      if (!saved.ok) return err({ code: 'settings-not-written', detail: saved.error });
      desk.restart();
      return ok({ problems: [] });
    },
    'instrument.report': async ({ installer }) => {
      const running = slot().running;
      if (running === null) return err({ code: 'nothing-to-report', detail: '' });
      const made = await installerReport({
        station: desk.deps.settings.station,
        installer,
        timeMs: clock.nowMs(),
        config: running.config,
        live: liveView(desk),
      });
      if (!made.ok) return err({ code: 'print-failed', detail: made.error.detail });
      return ok({
        fileName: `instrument-${desk.deps.settings.station.id}.pdf`,
        base64: Buffer.from(made.value).toString('base64'),
      });
    },
  };
}

async function listPorts(): Promise<PortView[]> {
  try {
    const { SerialPort } = await import('serialport');
    const ports = await SerialPort.list();
    return ports.map(({ path, vendorId, productId, serialNumber, manufacturer }) => ({
      path,
      vendorId: vendorId ?? null,
      productId: productId ?? null,
      serialNumber: serialNumber ?? null,
      maker: manufacturer ?? null,
    }));
  } catch {
    // Without the native module, or without udev, a port can still be typed.
    return [];
  }
}

function liveView(desk: Desk): InstrumentLive {
  const slot = desk.instrument;
  const running = slot?.running ?? null;
  const live = slot?.live() ?? null;
  const stats = live?.stats ?? null;
  const state = stats?.state ?? null;
  return {
    source: running?.source ?? 'none',
    line: running === null ? '' : lineWords(running.config.transport),
    state: state?.kind ?? 'down',
    detail:
      state === null || state.kind === 'connecting' ? '' : state.kind === 'open' ? state.detail : state.error,
    framesPerSecond: stats?.framesPerSecond ?? 0,
    valid: stats?.valid ?? 0,
    disagreeing: stats?.disagreeing ?? 0,
    rejected: invalidReasons
      .map((reason) => ({ reason, count: stats?.invalid[reason] ?? 0 }))
      .filter(({ count }) => count > 0),
    exception: stats?.exception ?? null,
    shows: live?.shows?.raw ?? null,
    kg: live?.shows?.kg ?? null,
    fault: live?.fault ?? null,
    bytes: live?.bytes ?? [],
    neighbours: (live?.neighbours ?? []).map(neighbourLive),
  };
}

/** The instrument, and who shares its cable, as the ledger keeps it. */
function written(own: IndicatorConfig | null, neighbours: readonly LineNeighbour[]): string {
  return JSON.stringify(neighbours.length === 0 ? own : { ...own, lineNeighbours: neighbours }).slice(
    0,
    8000,
  );
}

function neighbourLive({ name, address, state, kg, stats }: NeighbourView): NeighbourLive {
  const { answered, silent, unreadable, disturbed } = stats.outcomes;
  return {
    name,
    address,
    state: state.kind,
    detail: state.kind === 'down' ? state.error : '',
    kg,
    framesPerSecond: stats.framesPerSecond,
    asked: stats.asked,
    answered,
    silent,
    unreadable,
    disturbed,
    late: stats.late,
  };
}

function lineWords(line: TransportConfig): string {
  switch (line.kind) {
    case 'serial':
      return `${line.path ?? `USB ${line.usb?.vendorId ?? ''}:${line.usb?.productId ?? ''}`} ${String(line.baudRate)}`;
    case 'tcp':
      return `tcp ${line.host}:${String(line.port)}`;
    case 'tcp-server':
    case 'udp':
      return `${line.kind} :${String(line.port)}`;
  }
}
