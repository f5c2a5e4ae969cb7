import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Root } from './Root.tsx';
import { showPreferences } from './store/preferences.ts';
import { lineCameUp } from './store/inspecting.ts';
import { openStationLine, useLoading, useStation } from './store/station.ts';
import './theme.css';

showPreferences();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showPreferences);
// A loader's session is told nothing but loading and weight: it belongs on the loader's page.
useLoading.subscribe(() => {
  if (useStation.getState().view === null && location.hash === '') location.hash = '#loader';
});
useStation.subscribe(({ connection }, before) => {
  if (connection.kind === 'up' && connection !== before.connection) lineCameUp(connection.inspector);
});
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
  openStationLine();
}
