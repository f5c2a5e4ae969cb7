import { useSyncExternalStore } from 'react';
import { App } from './App.tsx';
import { DisplayPage } from './features/display/DisplayPage.tsx';
import { LoaderPage } from './features/loader/LoaderPage.tsx';

function watchHash(tell: () => void): () => void {
  window.addEventListener('hashchange', tell);
  return () => {
    window.removeEventListener('hashchange', tell);
  };
}

/** `#loader`: the loader's telephone; `#display`: the screen beside the scale; otherwise the whole station. */
export function Root(): React.JSX.Element {
  const hash = useSyncExternalStore(watchHash, () => location.hash);
  if (hash === '#loader') return <LoaderPage />;
  return hash === '#display' ? <DisplayPage /> : <App />;
}
