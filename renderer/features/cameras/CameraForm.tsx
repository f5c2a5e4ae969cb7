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
  hears: ['both', 'approaching'],
  view: PictureView.options,
  manager: ['snap', 'event'],
  recognise: ['no', 'yes'],
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
    hears: words.hears,
    view: words.views,
    manager: words.managers,
    recognise: words.noYes,
  };
  return (
    <div className="camera-fields">
      {fieldsOf(draft.kind).map((field) => {
        const wrong = problems.find((problem) => fieldOf(problem.field) === field);
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
            {words.helps[field] !== undefined && <small>{words.helps[field]}</small>}
            {wrong !== undefined && <em role="alert">{words.wrongs[field] ?? wrong.problem}</em>}
          </div>
        );
      })}
    </div>
  );
}

/** Where in the form a field of the settings stands: `picture.stream` has one of its own. */
function fieldOf(setting: string): string {
  const [first = '', second = ''] = setting.split('.');
  return first === 'picture' ? (pictureFields[second] ?? 'picture') : first;
}

const pictureFields: Readonly<Record<string, CameraField>> = {
  user: 'pictureUser',
  passwordVariable: 'picturePassword',
  stream: 'pictureStream',
};
