import { RuleTester } from 'eslint';
import { resolve } from 'node:path';
import { describe, it } from 'vitest';
import { rooms } from './rooms.js';

RuleTester.describe = describe;
RuleTester.it = it;

const root = resolve(import.meta.dirname, '..');
const at = (file) => resolve(root, file);
const wrong = [{ messageId: 'wrongWay' }];

new RuleTester().run('rooms', rooms, {
  valid: [
    { filename: at('native/host.ts'), code: "import '../station/contract.ts';" },
    { filename: at('renderer/App.js'), code: "import '../station/contract.ts';" },
    { filename: at('cli/serve.ts'), code: "import '../native/host.ts';" },
    { filename: at('station/a/b.ts'), code: "import '../limits/decide.ts'; import 'zod';" },
  ],
  invalid: [
    { filename: at('station/a/b.ts'), code: "import '../../native/host.ts';", errors: wrong },
    { filename: at('renderer/App.js'), code: "import '../station/ledger/chain.ts';", errors: wrong },
    { filename: at('renderer/App.js'), code: "export * from '../native/host.ts';", errors: wrong },
    { filename: at('simulator/yard.ts'), code: "await import('../native/host.ts');", errors: wrong },
    { filename: at('platform/main.ts'), code: "import '../native/store/database.ts';", errors: wrong },
    { filename: at('native/host.ts'), code: "import '../cli/main.ts';", errors: wrong },
  ],
});
