import type { RegisterKind } from '../../../station/contract.ts';
import { registerKinds, registerTitles } from '../../../station/contract.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { useChinese, useRegisterWords } from './useRegisterWords.ts';

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** The seven lists; arrow keys go from one to the next. */
export function RegisterTabs({
  kind,
  choose,
}: {
  readonly kind: RegisterKind;
  readonly choose: (kind: RegisterKind) => void;
}): React.JSX.Element {
  const words = useRegisterWords();
  const { ui } = useWords();
  const chinese = useChinese();
  return (
    <nav className="tabs">
      <div
        role="tablist"
        aria-label={words.title}
        onKeyDown={(event) => {
          const step = steps[event.key];
          if (step === undefined) return;
          const count = registerKinds.length;
          const at = (registerKinds.indexOf(kind) + step + count) % count;
          const next = registerKinds[at];
          if (next === undefined) return;
          choose(next);
          event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[at]?.focus();
        }}
      >
        {registerKinds.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === kind}
            tabIndex={each === kind ? 0 : -1}
            onClick={() => {
              choose(each);
            }}
          >
            {chinese ? registerTitles[each].zh : registerTitles[each].en}
          </button>
        ))}
      </div>
      <button
        type="button"
        onClick={() => {
          showScreen('weighing');
        }}
      >{`Esc ${ui.back}`}</button>
    </nav>
  );
}
