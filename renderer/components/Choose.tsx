interface Choice<T extends string> {
  readonly options: readonly T[];
  readonly words: Readonly<Record<T, string>>;
  readonly label?: string;
  readonly autoFocus?: boolean;
}

/** One of a few, each in the user's words. */
export function Choose<T extends string>({
  value,
  change,
  ...choice
}: Choice<T> & { readonly value: T; readonly change: (value: T) => void }): React.JSX.Element {
  return (
    <List
      {...choice}
      value={value}
      change={(chosen) => {
        if (chosen !== null) change(chosen);
      }}
    />
  );
}

/** One of a few, or all of them: null. */
export function ChooseOrAll<T extends string>({
  all,
  ...choice
}: Choice<T> & {
  readonly value: T | null;
  readonly change: (value: T | null) => void;
  readonly all: string;
}): React.JSX.Element {
  return (
    <List {...choice}>
      <option value="">{all}</option>
    </List>
  );
}

function List<T extends string>({
  options,
  words,
  label,
  autoFocus = false,
  value,
  change,
  children,
}: Choice<T> & {
  readonly value: T | null;
  readonly change: (value: T | null) => void;
  readonly children?: React.ReactNode;
}): React.JSX.Element {
  return (
    <select
      aria-label={label}
      autoFocus={autoFocus}
      value={value ?? ''}
      onChange={(event) => {
        change(options.find((each) => each === event.target.value) ?? null);
      }}
    >
      {children}
      {options.map((each) => (
        <option key={each} value={each}>
          {words[each]}
        </option>
      ))}
    </select>
  );
}
