/** A button that asks for one file; the same file can be chosen again. */
export function FileButton({
  label,
  accept,
  choose,
}: {
  readonly label: string;
  readonly accept: string;
  readonly choose: (file: File) => void;
}): React.JSX.Element {
  return (
    <label className="file">
      {label}
      <input
        type="file"
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) choose(file);
          event.target.value = '';
        }}
      />
    </label>
  );
}
