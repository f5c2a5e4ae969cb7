import { useState } from 'react';
import type { CallError, ImportPreview, RegisterKind } from '../../../station/contract.ts';
import { FileButton } from '../../components/FileButton.tsx';
import { readPicture as readBytes } from '../../components/readPicture.ts';
import { saveFile } from '../../components/saveFile.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { ImportPreviewPanel } from './ImportPreviewPanel.tsx';
import { useRegisterWords } from './useRegisterWords.ts';

const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Excel out and in, beside the search. In: first everything wrong with every row, then all of it or nothing. */
export function ImportPanel({
  kind,
  imported,
  children,
}: {
  readonly kind: RegisterKind;
  readonly imported: () => void;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  const words = useRegisterWords();
  const { errors } = useWords();
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [taking, setTaking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const show = ({ code, detail }: CallError): void => {
    setError(`${errors[code]} ${detail}`);
  };

  const look = async (file: File): Promise<void> => {
    setSaid(null);
    setPreview(null);
    setError(null);
    const base64 = await readBytes(file);
    if (base64 === null) {
      setError(words.fileTooLarge);
      return;
    }
    const seen = await station.call('register.preview', { kind, base64 });
    if (seen.ok) setPreview(seen.value);
    else show(seen.error);
  };
  const take = async (previewId: string): Promise<void> => {
    setTaking(true);
    const taken = await station.call('register.import', { previewId });
    setTaking(false);
    setPreview(null);
    if (!taken.ok) {
      show(taken.error);
      return;
    }
    setSaid(words.taken(taken.value.added, taken.value.changed));
    imported();
  };
  const save = async (empty: boolean): Promise<void> => {
    setError(null);
    const made = await station.call('register.export', { kind, empty });
    if (made.ok) saveFile(made.value, excel);
    else show(made.error);
  };
  return (
    <>
      <div className="bar">
        {children}
        <FileButton label={words.importFile} accept=".xlsx" choose={(file) => void look(file)} />
        <button type="button" onClick={() => void save(true)}>
          {words.template}
        </button>
        <button type="button" onClick={() => void save(false)}>
          {words.exportFile}
        </button>
      </div>
      {error !== null && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
      {said !== null && <p role="status">{said}</p>}
      {preview !== null && (
        <ImportPreviewPanel
          preview={preview}
          taking={taking}
          take={() => void take(preview.previewId)}
          close={() => {
            setPreview(null);
          }}
        />
      )}
    </>
  );
}
