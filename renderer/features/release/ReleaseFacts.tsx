import type { ReleaseView } from '../../../station/contract.ts';
import { dateTime, kgDigits } from '../../components/format.ts';
import { Picture } from '../../components/Picture.tsx';
import { useReleaseWords } from './useReleaseWords.ts';

/** The exception granted for a refused weighing, as the ledger has it. */
export function ReleaseFacts({ release }: { readonly release: ReleaseView }): React.JSX.Element {
  const words = useReleaseWords();
  return (
    <>
      <dt>{words.granted}</dt>
      <dd className="refuse">
        <p>{`${words.kinds[release.kind]} ${release.document} · ${words.validUntil} ${release.validUntil}`}</p>
        {release.permitPlate !== null && release.permittedKg !== null && (
          <p>{`${words.permitPlate} ${release.permitPlate} · ${words.permittedKg} ${kgDigits(release.permittedKg)}`}</p>
        )}
        {release.authority !== null && <p>{`${words.authority} ${release.authority}`}</p>}
        <p>{`${words.reason} ${release.reason}`}</p>
        <p>{`${words.requestedBy} ${release.requestedBy} · ${words.approvedBy} ${release.approvedBy}`}</p>
        <p>{`${dateTime(release.timeMs)} · #${String(release.sequence)}`}</p>
        <Picture sha256={release.picture} label={words.picture} />
      </dd>
    </>
  );
}
