import type { CallError } from '../../station/contract.ts';
import { useWords } from '../store/preferences.ts';

/** The end of every sheet: what went wrong, save, cancel. */
export function SheetFoot({
  error,
  cancel,
}: {
  readonly error: CallError | null;
  readonly cancel: () => void;
}): React.JSX.Element {
  const words = useWords();
  return (
    <>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      <div className="buttons">
        <button type="submit" className="primary">{`回车 Enter · ${words.ui.save}`}</button>
        <button type="button" onClick={cancel}>{`Esc · ${words.ui.cancel}`}</button>
      </div>
    </>
  );
}
