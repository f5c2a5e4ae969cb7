import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { systemTimers } from '../../native/city/timers.ts';
import { runFfmpeg } from '../../native/live/ffmpeg.ts';
import { viewCamera, viewPaths } from '../../simulator/cameras/viewCamera.ts';
import type { ViewCamera } from '../../simulator/cameras/viewCamera.ts';
import { sideViews } from '../../simulator/pictures/drawViews.ts';
import { visitByName } from '../../simulator/trucks.ts';
import { driveOn, openYard, save, sixAxles } from '../support/yard.ts';

const login = { user: 'admin', password: 'drill' };
const picturesDir = new URL('../../simulator/pictures', import.meta.url).pathname;
const close: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const each of close.splice(0).reverse()) await each();
});

async function views(): Promise<ViewCamera> {
  const camera = await viewCamera({ port: 0, login, picturesDir });
  close.push(camera.close);
  await camera.show(visitByName('legal'));
  return camera;
}

describe('the other cameras of a scale', () => {
  it('rear, side, top and scale house are in the record, each with its own bytes, over one Digest login', async () => {
    const camera = await views();
    const yard = await openYard(
      (raw) => {
        raw.cameras = sideViews.map((view) => ({
          ...{ id: view, kind: 'picture', view },
          picture: {
            ...{ host: '127.0.0.1', port: camera.port, path: viewPaths(view).picture },
            ...{ user: login.user, passwordVariable: 'P' },
          },
        }));
      },
      undefined,
      { secret: () => login.password },
    );
    close.push(yard.close);
    await driveOn(yard, { plate: '晋C83N16', kg: 14_760, facts: sixAxles, kind: 'tare' });
    await save(yard);
    await expect
      .poll(async () => {
        const detail = await yard.screen.call('passages.detail', { number: 1 });
        return detail.ok ? (detail.value.shots ?? []).map(({ view, missed }) => [view, missed]).sort() : [];
      })
      .toEqual(sideViews.map((view) => [view, null]).sort());
    const detail = await yard.screen.call('passages.detail', { number: 1 });
    const rear = detail.ok ? detail.value.shots?.find(({ view }) => view === 'rear') : undefined;
    const kept = await yard.screen.call('picture.get', { sha256: rear?.sha256 ?? '' });
    const drawn = readFileSync(`${picturesDir}/view-rear-c83n16-loaded.jpg`);
    expect(kept.ok && Buffer.from(kept.value.base64, 'base64').equals(drawn)).toBe(true);
    expect(camera.failedLogins()).toBe(0);
  });

  it('one that gives half pictures or none is missed, the others are not', async () => {
    const camera = await views();
    const broken = await views();
    broken.misbehave('cut-picture');
    const yard = await openYard(
      (raw) => {
        raw.cameras = (['side', 'top'] as const).map((view) => ({
          ...{ id: view, kind: 'picture', view },
          picture: {
            ...{ host: '127.0.0.1', port: (view === 'top' ? broken : camera).port },
            ...{ path: viewPaths(view).picture, user: login.user, passwordVariable: 'P' },
          },
        }));
      },
      undefined,
      { secret: () => login.password },
    );
    close.push(yard.close);
    await driveOn(yard, { plate: '晋C83N16', kg: 14_760, facts: sixAxles, kind: 'tare' });
    await save(yard);
    await expect
      .poll(async () => {
        const detail = await yard.screen.call('passages.detail', { number: 1 });
        return detail.ok ? (detail.value.shots ?? []).map(({ view, missed }) => [view, missed !== null]) : [];
      })
      .toEqual([
        ['side', false],
        ['top', true],
      ]);
  });

  it('their streams are a fluent view', async () => {
    const camera = await viewCamera({ port: 0, login, picturesDir });
    close.push(camera.close);
    let frames = 0;
    let problem: string | null = null;
    const url = `http://${login.user}:${login.password}@127.0.0.1:${String(camera.port)}`;
    const run = runFfmpeg(
      '/usr/bin/ffmpeg',
      url + viewPaths('side').stream,
      {
        onFrame: () => {
          frames += 1;
        },
        onEnd: (end) => {
          problem = end.problem;
        },
      },
      systemTimers,
    );
    close.push(run.close);
    await expect.poll(() => problem ?? frames, { timeout: 20_000 }).toBeGreaterThan(2);
  });
});
