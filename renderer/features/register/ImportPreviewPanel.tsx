import type { Field, ImportPreview } from '../../../station/contract.ts';
import { registerFields } from '../../../station/contract.ts';
import { labelOf } from './entryText.ts';
import { useChinese, useRegisterWords } from './useRegisterWords.ts';

/** How many problems the station names at most. */
const mostProblems = 500;

/** What an import would do, and every row that stands in its way. */
export function ImportPreviewPanel({
  preview,
  taking,
  take,
  close,
}: {
  readonly preview: ImportPreview;
  readonly taking: boolean;
  readonly take: () => void;
  readonly close: () => void;
}): React.JSX.Element {
  const words = useRegisterWords();
  const { problems, badRows, unknownHeadings, rows, added, changed, same } = preview;
  return (
    <section className="preview">
      <div className="buttons">
        <p role="status">
          <strong>{words.preview(rows, added, changed, same)}</strong>
          {badRows > 0 && <span className="wrong">{` ✖ ${words.badRows(badRows)}`}</span>}
        </p>
        <button
          type="button"
          className="primary"
          disabled={badRows > 0 || rows === 0 || taking}
          onClick={take}
        >
          {words.take}
        </button>
        <button type="button" onClick={close}>
          {words.close}
        </button>
      </div>
      {unknownHeadings.length > 0 && (
        <p className="alarm">{`⚠ ${words.unknownHeadings}: ${unknownHeadings.join('、')}`}</p>
      )}
      {problems.length > 0 && <Problems preview={preview} />}
      {problems.length >= mostProblems && <p>{words.firstOnly(mostProblems)}</p>}
    </section>
  );
}

function Problems({ preview: { kind, problems } }: { readonly preview: ImportPreview }): React.JSX.Element {
  const words = useRegisterWords();
  const chinese = useChinese();
  const fields: readonly Field[] = registerFields[kind];
  const nameOf = (name: string | null): string => {
    const field = fields.find((each) => each.name === name);
    return field === undefined ? '' : labelOf(field, chinese);
  };
  return (
    <div className="problems">
      <table className="entries" aria-label={words.why}>
        <thead>
          <tr>
            {[words.row, words.field, words.value, words.why].map((head, index) => (
              <th key={head} scope="col" className={index === 0 ? 'figure' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {problems.map((problem) => (
            <tr key={`${String(problem.row)} ${problem.field ?? ''} ${problem.code}`}>
              <td className="figure">{problem.row}</td>
              <td>{nameOf(problem.field)}</td>
              <td className="value">{problem.value}</td>
              <td>{words.problems[problem.code]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
