/** A button that asks for one file; the same file can be chosen again. */
export function FileButton({
  label,
  name = label,
  accept,
  choose,
}: {
  readonly label: string;
  /** What it is called where the label alone does not say which of several it is. */
  readonly name?: string;
  readonly accept: string;
  readonly choose: (file: File) => void;
}): React.JSX.Element {
  return (
    <label className="file">
      {label}
      <input
        type="file"
        accept={accept}
        aria-label={name}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) choose(file);
          event.target.value = '';
        }}
      />
    </label>
  );
}
