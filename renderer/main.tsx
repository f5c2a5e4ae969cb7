import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { showPreferences } from './store/preferences.ts';
import { openStationLine } from './store/station.ts';
import './theme.css';

showPreferences();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showPreferences);
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  openStationLine();
}
