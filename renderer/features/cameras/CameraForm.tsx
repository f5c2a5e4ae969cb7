import type { FieldProblem } from '../../../station/contract.ts';
import { PictureView, cameraKinds } from '../../../station/contract.ts';
import type { CameraField } from '../../words/camerasZh.ts';
import type { CameraDraft } from './cameraDraft.ts';
import { fieldsOf } from './cameraDraft.ts';
import { useCamerasWords } from './useCamerasWords.ts';

const choices: Readonly<Partial<Record<CameraField, readonly string[]>>> = {
  kind: cameraKinds,
  place: ['scale', 'exit'],
  end: ['front', 'rear'],
  view: PictureView.options,
};

/** The settings of one camera: only the fields its kind has. */
export function CameraForm({
  draft,
  problems,
  change,
}: {
  readonly draft: CameraDraft;
  readonly problems: readonly FieldProblem[];
  readonly change: (change: Partial<CameraDraft>) => void;
}): React.JSX.Element {
  const words = useCamerasWords();
  const named: Readonly<Partial<Record<CameraField, Readonly<Record<string, string>>>>> = {
    kind: words.kinds,
    place: words.places,
    end: words.ends,
    view: words.views,
  };
  return (
    <div className="camera-fields">
      {fieldsOf(draft.kind).map((field) => {
        const wrong = problems.find((problem) => problem.field.split('.')[0] === settingOf(field));
        const options = choices[field];
        return (
          <div key={field} className="field">
            <label>
              <span>{words.fields[field]}</span>
              {options === undefined ? (
                <input
                  value={draft[field]}
                  placeholder={words.hints[field]}
                  spellCheck={false}
                  aria-invalid={wrong !== undefined}
                  onChange={(event) => {
                    change({ [field]: event.target.value });
                  }}
                />
              ) : (
                <select
                  value={draft[field]}
                  aria-invalid={wrong !== undefined}
                  onChange={(event) => {
                    change({ [field]: event.target.value });
                  }}
                >
                  {options.map((option) => (
                    <option key={option} value={option}>
                      {named[field]?.[option] ?? option}
                    </option>
                  ))}
                </select>
              )}
            </label>
            {wrong !== undefined && <em role="alert">{wrong.problem}</em>}
          </div>
        );
      })}
    </div>
  );
}

/** Under which name the station knows a field of the form. */
function settingOf(field: CameraField): string {
  return field === 'pictureUser' || field === 'picturePassword' ? 'picture' : field;
}
