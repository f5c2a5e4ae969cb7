import type { RuleSetView } from '../../../station/contract.ts';
import { vehicleClasses } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';
import { useWords } from '../../store/preferences.ts';
import { useRegisterWords } from '../register/useRegisterWords.ts';

type Row = RuleSetView['rows'][number];

/** One rule set as officers read it: axles down, class across, and in each cell the layouts with their limits. */
export function LimitMatrix({ set }: { readonly set: RuleSetView }): React.JSX.Element {
  const words = useRegisterWords();
  const general = useWords();
  const counts = [...new Set(set.rows.map(({ axles }) => axles))].sort((one, other) => one - other);
  const classes = vehicleClasses.filter((each) => set.rows.some((row) => row.classes.includes(each)));
  return (
    <>
      <table className="limit-matrix" aria-label={set.title}>
        <thead>
          <tr>
            <th scope="col">{general.ui.axleCount}</th>
            {classes.map((each) => (
              <th key={each} scope="col">
                {general.classes[each]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((axles) => {
            const ofCount = set.rows.filter((row) => row.axles === axles);
            return (
              <tr key={axles}>
                <th scope="row">
                  {ofCount.some(({ andMore }) => andMore) ? words.andMore(axles) : general.axles(axles)}
                </th>
                {classes.map((each) => (
                  <td key={each}>
                    <Cell rows={ofCount.filter((row) => row.classes.includes(each))} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {set.rows.some(({ confirmed }) => !confirmed) && <p className="alarm">{words.doubtfulRow}</p>}
    </>
  );
}

function Cell({ rows }: { readonly rows: readonly Row[] }): React.JSX.Element {
  const words = useRegisterWords();
  if (rows.length === 0) return <>—</>;
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id} title={row.id} className={row.layout === null ? 'general' : ''}>
          <span>
            {[row.layout ?? words.anyLayout, row.driveAxles === null ? null : words.drive(row.driveAxles)]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
          <strong>{`${kgDigits(row.limitKg)} kg${row.confirmed ? '' : ' ?'}`}</strong>
        </li>
      ))}
    </ul>
  );
}
