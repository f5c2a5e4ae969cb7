import { kgDigits } from '../../components/format.ts';
import { PlateMark } from '../../components/PlateMark.tsx';
import { useLoading, useStation, useWeight } from '../../store/station.ts';
import { scaleSays, scaleText } from '../loader/scaleSays.ts';
import { useLoadingWords } from '../loader/useLoadingWords.ts';
import { SignIn } from '../signIn/SignIn.tsx';
import './display.css';

/** The yard's display beside the scale, read from a driver's seat: plate, weight, room or overload, nothing else. */
export function DisplayPage(): React.JSX.Element {
  const words = useLoadingWords();
  const connection = useStation((state) => state.connection);
  const loading = useLoading((state) => state.loading);
  const weight = useWeight((state) => state.weight);
  if (connection.kind === 'sign-in') return <SignIn />;
  const up = connection.kind === 'up' && loading !== null;
  const scale = up ? loading.scale : null;
  const says = scaleSays(scale, up ? weight : null);
  const plate = scale?.plate ?? null;
  return (
    <main className={`display ${says.tone}`}>
      {loading?.mode === 'drill' && <p className="drill-mark">{`演练 DRILL · `.repeat(12)}</p>}
      <p className="who">
        {plate === null || scale === null ? ' ' : <PlateMark plate={plate} colour={scale.colour} />}
      </p>
      <p className="now">{says.kg === null ? '— — —' : `${kgDigits(says.kg)} kg`}</p>
      <p className="says" role="status">
        {up ? scaleText(words, says) : words.noWeight}
      </p>
    </main>
  );
}
