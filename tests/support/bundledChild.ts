import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/**
 * One file of a program under tests/support and all it imports, and where to keep its compiled code: a third of the time
 * that its sources take to start, for whoever starts it again and again.
 */
export async function bundledChild(
  name: string,
): Promise<{ readonly file: string; readonly env: NodeJS.ProcessEnv }> {
  // Two folders down from the root, where the fonts and what stays outside are found.
  const folder = join(root, 'node_modules', `.bundled-${name}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.mjs`);
  await build({
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['better-sqlite3', 'serialport', 'onnxruntime-web', '@gutenye/*', '@expo-google-fonts/*'],
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`,
    },
    entryPoints: [join(root, 'tests', 'support', `${name}.ts`)],
    outfile: file,
    logLevel: 'warning',
  });
  return { file, env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') } };
}
