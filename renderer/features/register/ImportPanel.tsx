import { useState } from 'react';
import type { CallError, Field, ImportPreview, RegisterKind } from '../../../station/contract.ts';
import { registerFields } from '../../../station/contract.ts';
import { FileButton } from '../../components/FileButton.tsx';
import { readPicture as readBytes } from '../../components/readPicture.ts';
import { saveFile } from '../../components/saveFile.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { labelOf } from './entryText.ts';
import { useChinese, useRegisterWords } from './useRegisterWords.ts';

const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Excel out and in. In: first everything that is wrong with every row, then all of it or nothing. */
export function ImportPanel({
  kind,
  imported,
}: {
  readonly kind: RegisterKind;
  readonly imported: () => void;
}): React.JSX.Element {
  const words = useRegisterWords();
  const { errors } = useWords();
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [error, setError] = useState<CallError | null>(null);

  const look = async (file: File): Promise<void> => {
    setSaid(null);
    setPreview(null);
    const base64 = await readBytes(file);
    if (base64 === null) return;
    const seen = await station.call('register.preview', { kind, base64 });
    setError(seen.ok ? null : seen.error);
    if (seen.ok) setPreview(seen.value);
  };
  const take = async (previewId: string): Promise<void> => {
    const taken = await station.call('register.import', { previewId });
    setPreview(null);
    setError(taken.ok ? null : taken.error);
    if (!taken.ok) return;
    setSaid(words.taken(taken.value.added, taken.value.changed));
    imported();
  };
  const save = async (empty: boolean): Promise<void> => {
    const made = await station.call('register.export', { kind, empty });
    setError(made.ok ? null : made.error);
    if (made.ok) saveFile(made.value, excel);
  };
  return (
    <section className="import">
      <div className="buttons">
        <FileButton label={words.importFile} accept=".xlsx" choose={(file) => void look(file)} />
        <button type="button" onClick={() => void save(true)}>
          {words.template}
        </button>
        <button type="button" onClick={() => void save(false)}>
          {words.exportFile}
        </button>
      </div>
      {error !== null && <p role="alert" className="error">{`${errors[error.code]} ${error.detail}`}</p>}
      {said !== null && <p role="status">{said}</p>}
      {preview !== null && <Preview preview={preview} take={() => void take(preview.previewId)} />}
    </section>
  );
}

function Preview({
  preview,
  take,
}: {
  readonly preview: ImportPreview;
  readonly take: () => void;
}): React.JSX.Element {
  const words = useRegisterWords();
  const chinese = useChinese();
  const fields: readonly Field[] = registerFields[preview.kind];
  const nameOf = (name: string | null): string => {
    const field = fields.find((each) => each.name === name);
    return field === undefined ? '' : labelOf(field, chinese);
  };
  const { problems, badRows, unknownHeadings } = preview;
  return (
    <div role="status">
      <p>{words.preview(preview.rows, preview.added, preview.changed, preview.same)}</p>
      {unknownHeadings.length > 0 && <p>{`${words.unknownHeadings}: ${unknownHeadings.join('、')}`}</p>}
      {badRows > 0 && <p className="alarm">{words.badRows(badRows)}</p>}
      {problems.length > 0 && (
        <div className="problems">
          <table>
            <thead>
              <tr>
                {[words.row, words.field, words.value, words.why].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {problems.map((problem) => (
                <tr key={`${String(problem.row)} ${problem.field ?? ''} ${problem.code}`}>
                  <td>{problem.row}</td>
                  <td>{nameOf(problem.field)}</td>
                  <td>{problem.value}</td>
                  <td>{words.problems[problem.code]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <button type="button" className="primary" disabled={badRows > 0 || preview.rows === 0} onClick={take}>
        {words.take}
      </button>
    </div>
  );
}
