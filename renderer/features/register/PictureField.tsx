import { useState } from 'react';
import { FileButton } from '../../components/FileButton.tsx';
import { Picture } from '../../components/Picture.tsx';
import { station } from '../../store/station.ts';
import { jpegOf } from './jpegOf.ts';
import { useRegisterWords } from './useRegisterWords.ts';

/** The photograph of a paper: chosen, kept by the station under its hash, shown small. */
export function PictureField({
  label,
  sha256,
  change,
}: {
  readonly label: string;
  readonly sha256: string;
  readonly change: (value: unknown) => void;
}): React.JSX.Element {
  const words = useRegisterWords();
  const [failed, setFailed] = useState(false);
  const keep = async (file: File): Promise<void> => {
    const base64 = await jpegOf(file);
    const kept = base64 === null ? null : await station.call('picture.keep', { base64 });
    setFailed(kept?.ok !== true);
    if (kept?.ok === true) change(kept.value.sha256);
  };
  return (
    <div className="field picture-field">
      <span>{label}</span>
      {sha256 !== '' && <Picture key={sha256} sha256={sha256} label={label} />}
      <div className="buttons">
        <FileButton
          label={words.choosePicture}
          name={`${label} ${words.choosePicture}`}
          accept="image/*"
          choose={(file) => void keep(file)}
        />
        {sha256 !== '' && (
          <button
            type="button"
            onClick={() => {
              change(null);
            }}
          >
            {words.clear}
          </button>
        )}
      </div>
      {failed && <em role="alert">{words.pictureWrong}</em>}
    </div>
  );
}
