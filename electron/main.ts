import { BrowserWindow, Menu, app, ipcMain, safeStorage, session } from 'electron';
import { join } from 'node:path';
import { appOrigin, registerAppScheme, serveScreens } from './appProtocol.ts';
import type { ProgramArguments } from './arguments.ts';
import { readArguments } from './arguments.ts';
import { sealedSecretFile } from '../native/keys/keySecret.ts';
import type { SecretPlaces } from './keySecret.ts';
import { handedSecret, renewedSecret } from './keySecret.ts';
import { commandArguments, runCommand } from './command.ts';
import { cutChromium, cutSession } from './network.ts';
import { paperSession, printPage } from './printing.ts';
import { reviveWindow } from './reviveWindow.ts';
import { secretAnswerMs, systemStore } from './secretStore.ts';
import { stationLog } from './stationLog.ts';
import { superviseStation } from './superviseStation.ts';

registerAppScheme();
cutChromium();
const command = commandArguments(process.argv);
if (command === null) openProgram(readArguments(process.argv));
else void runCommand(command);

function openProgram(args: ProgramArguments): void {
  // The shell's own files lie beside the records, so that two stations on one machine do not meet.
  app.setPath('userData', join(args.dataDir, 'shell'));
  if (app.requestSingleInstanceLock())
    void app.whenReady().then(() => {
      run(args);
    });
  else app.quit();
}

function run(args: ProgramArguments): void {
  Menu.setApplicationMenu(null);
  serveScreens(session.defaultSession, join(import.meta.dirname, '..', 'renderer'));
  cutSession(session.defaultSession, ['app', 'data', 'blob', 'devtools']);
  cutSession(paperSession(), ['data']);
  const window = openWindow();
  const log = stationLog(args.dataDir);

  function handOverPort(): void {
    const port = station.openPort();
    if (port !== null) window.webContents.postMessage('station-port', null, [port]);
  }

  let pageListens = false;
  reviveWindow(window, () => {
    pageListens = false;
  });
  const places: SecretPlaces = {
    store: systemStore(safeStorage, process.platform, secretAnswerMs),
    sealedFile: sealedSecretFile(args.dataDir),
    keyDirs: [args.dataDir, join(args.dataDir, 'drill')],
    environment: process.env,
    log: (line) => {
      log(Buffer.from(`${line}\n`));
    },
  };
  const station = superviseStation({
    modulePath: join(import.meta.dirname, 'stationProcess.cjs'),
    args: [
      '--data',
      args.dataDir,
      ...(args.configFile === null ? [] : ['--config', args.configFile]),
      ...(args.demo ? ['--demo'] : []),
    ],
    onState: (state) => {
      if (!window.isDestroyed()) window.webContents.send('station-state', state);
    },
    onPrint: printPage,
    onStarted: () => {
      if (pageListens && !window.isDestroyed()) handOverPort();
    },
    log,
    secret: () => handedSecret(places),
    newSecret: () => renewedSecret(places, Date.now()),
  });
  ipcMain.on('window-ready', (event) => {
    if (event.sender !== window.webContents) return;
    pageListens = true;
    window.webContents.send('station-state', station.state());
    handOverPort();
  });

  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void station.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
}

function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    title: '源衡 Yuanheng',
    backgroundColor: '#0f1418',
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}
