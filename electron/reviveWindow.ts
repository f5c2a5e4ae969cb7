import type { BrowserWindow } from 'electron';
import { ipcMain } from 'electron';
import { backOff } from './backOff.ts';

const beatMs = 3000;
const maxMissedBeats = 5;

/**
 * A window whose page died is loaded again, with growing pauses. A page that answers no beat any more is ended
 * first. Missed beats are counted, not seconds: a machine that slept has not hung.
 */
export function reviveWindow(window: BrowserWindow, onGone: () => void): void {
  const { webContents } = window;
  const pauseMs = backOff();
  let loadedMs = performance.now();
  /** Null while nothing is loaded: a slow load is no hang. */
  let missed: number | null = null;

  const beat = setInterval(() => {
    if (missed !== null) missed += 1;
    if (missed !== null && missed > maxMissedBeats) {
      missed = null;
      webContents.forcefullyCrashRenderer();
    } else if (!webContents.isCrashed()) webContents.send('beat');
  }, beatMs);
  ipcMain.on('beat', (event) => {
    if (event.sender === webContents) missed = 0;
  });
  webContents.on('did-finish-load', () => {
    missed = 0;
  });
  webContents.on('render-process-gone', () => {
    missed = null;
    onGone();
    const reload = (): void => {
      if (window.isDestroyed()) return;
      loadedMs = performance.now();
      webContents.reload();
    };
    setTimeout(reload, pauseMs(performance.now() - loadedMs));
  });
  window.once('closed', () => {
    clearInterval(beat);
  });
}
