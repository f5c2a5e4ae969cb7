import { contextBridge, ipcRenderer } from 'electron';
import type { ShellApi, StationProcessState } from './shellApi.ts';

const api: ShellApi = {
  ready: () => {
    ipcRenderer.send('window-ready');
  },
  onStationState: (hear) => {
    ipcRenderer.on('station-state', (_, state: StationProcessState) => {
      hear(state);
    });
  },
};

contextBridge.exposeInMainWorld('yuanhengShell', api);

ipcRenderer.on('beat', () => {
  ipcRenderer.send('beat');
});

// A port cannot cross the bridge; it reaches the page as a message of its own window.
ipcRenderer.on('station-port', (event) => {
  window.postMessage({ kind: 'yuanheng-station-port' }, '*', [...event.ports]);
});
