import type { Explanation } from '../../../station/contract.ts';
import { credentialKinds, emissionStages } from '../../../station/contract.ts';
import { useWords } from '../../store/preferences.ts';
import { useRegisterWords } from '../register/useRegisterWords.ts';

/** What else the decision rests on, and where each of it came from. */
export function Inputs({ inputs }: { readonly inputs: Explanation['inputs'] }): React.JSX.Element {
  const words = useRegisterWords();
  const { credentials, emissions } = useWords();
  const label = (name: string): string => {
    const paper = credentialKinds.find((kind) => name.startsWith(`${kind} `));
    if (paper === undefined) return words.factNames[name] ?? name;
    return `${credentials[paper]} ${name.slice(paper.length + 1)}`;
  };
  const text = (name: string, value: string | null): string => {
    const stage = name === 'emission' ? emissionStages.find((each) => each === value) : undefined;
    return stage === undefined ? (value ?? '—') : emissions[stage];
  };
  return (
    <>
      <h3>{words.inputs}</h3>
      <dl className="facts-list">
        {inputs.map(({ name, value, source }) => (
          <div key={name}>
            <dt>{label(name)}</dt>
            <dd>
              {`${text(name, value)} `}
              <small className={source === 'stricter' ? 'stricter' : ''}>
                {source === null
                  ? words.sourceUnwritten
                  : source === 'stricter'
                    ? words.notStated
                    : (words.sources[source] ?? source)}
              </small>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
