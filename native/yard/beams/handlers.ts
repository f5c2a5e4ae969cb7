import type { BeamsLive, FieldProblem, beamsCalls } from '../../../station/contract.ts';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import type { Desk } from '../../desk/desk.ts';
import { writeSettings } from '../../installer/settingsFile.ts';
import type { Handlers } from '../../peer.ts';
import { BeamsConfig } from './beamsConfig.ts';
import { sharesCable } from './ownCable.ts';

/** The installer's calls for the light barriers: read them, watch them, save them. */
export function beamsHandlers(desk: Desk): Pick<Handlers, keyof typeof beamsCalls> {
  const { settings, settingsFile } = desk.deps;
  const busy = (): boolean => desk.lane.view().crossingId !== null;
  return {
    'beams.get': () => ok({ beams: settings.beams === null ? null : { ...settings.beams } }),
    'beams.live': () => ok(liveView(desk)),
    'beams.try': async ({ beams }) => {
      const checked = checkBeams(desk, beams);
      if (!checked.ok) return ok({ problems: [...checked.error] });
      if (busy()) return err({ code: 'vehicle-on-scale', detail: '' });
      await desk.beams?.try(checked.value);
      return ok({ problems: [] });
    },
    'beams.stop': async () => {
      await desk.beams?.backToOwn();
      return ok({});
    },
    'beams.save': async ({ beams }) => {
      const checked = beams === null ? ok(null) : checkBeams(desk, beams);
      if (!checked.ok) return ok({ problems: [...checked.error] });
      if (busy()) return err({ code: 'vehicle-on-scale', detail: '' });
      const recorded = desk.append({
        type: 'beams-changed',
        body: {
          before: settings.beams === null ? null : JSON.stringify(settings.beams).slice(0, 8000),
          now: checked.value === null ? null : JSON.stringify(checked.value).slice(0, 8000),
          operator: desk.operator,
        },
      });
      if (!recorded.ok) return recorded;
      const written = await writeSettings(settingsFile, { beams });
      if (!written.ok) return err({ code: 'settings-not-written', detail: written.error });
      desk.restart();
      return ok({ problems: [] });
    },
  };
}

function checkBeams(desk: Desk, typed: unknown): Result<BeamsConfig, readonly FieldProblem[]> {
  const checked = BeamsConfig.safeParse(typed);
  if (!checked.success) {
    return err(
      checked.error.issues.map(({ path, message }) => ({
        field: path.join('.'),
        problem: message.slice(0, 200),
      })),
    );
  }
  return sharesCable(checked.data, desk.deps.settings.instrument)
    ? err([{ field: 'transport.path', problem: 'is the indicator’s own line' }])
    : ok(checked.data);
}

function liveView(desk: Desk): BeamsLive {
  const { source, live } = desk.beams?.live() ?? { source: 'none', live: null };
  return {
    source,
    state: live?.state ?? 'down',
    trouble: live?.trouble ?? null,
    inputs: (live?.inputs ?? []).map(({ place, on }) => ({
      place,
      on,
      state: live?.beams.find((beam) => beam.place === place)?.state ?? 'unknown',
    })),
    asked: live?.asked ?? 0,
    answered: live?.answered ?? 0,
  };
}
