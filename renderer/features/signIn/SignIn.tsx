import { useState } from 'react';
import { useWords } from '../../store/preferences.ts';
import { signIn } from '../../transport/connect.ts';

export function SignIn(): React.JSX.Element {
  const words = useWords();
  const [problem, setProblem] = useState<'wrong' | 'wait' | null>(null);
  return (
    <main className="lonely">
      <h1>{words.ui.appName}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const code = new FormData(event.currentTarget).get('code');
          void signIn(typeof code === 'string' ? code : '').then((answer) => {
            if (answer === 'in') location.reload();
            else setProblem(answer);
          });
        }}
      >
        <label>
          {words.ui.code} <input name="code" inputMode="numeric" autoComplete="off" autoFocus />
        </label>{' '}
        <button type="submit">{words.ui.logIn}</button>
      </form>
      <small>{words.ui.codeHint}</small>
      {problem !== null && <p role="alert">{problem === 'wrong' ? words.ui.wrongCode : words.ui.tooMany}</p>}
    </main>
  );
}
