import { useEffect, useState } from 'react';
import { station } from '../store/station.ts';

/** One stored picture, fetched from the station by its hash. */
export function Picture({
  sha256,
  label,
}: {
  readonly sha256: string;
  readonly label: string;
}): React.JSX.Element | null {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void station.call('picture.get', { sha256 }).then((got) => {
      if (current && got.ok) setSource(`data:${got.value.mime};base64,${got.value.base64}`);
    });
    return () => {
      current = false;
    };
  }, [sha256]);
  return source === null ? null : <img src={source} alt={label} />;
}
