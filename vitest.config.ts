import { defineConfig } from 'vitest/config';

/** No test leaves a secret in the account it runs under. */
const env = { YUANHENG_KEY_SECRET: 'for tests' };
const heavy = { testTimeout: 120_000, hookTimeout: 120_000, env };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{station,native,simulator,platform,cli,renderer,verifier,electron,lint}/**/*.test.{ts,tsx,js}',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          env,
        },
      },
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...heavy } },
      { test: { name: 'screens', include: ['tests/screens/**/*.test.ts'], ...heavy } },
      { test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], ...heavy, fileParallelism: false } },
    ],
  },
});
