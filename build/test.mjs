// `npm test`: formatting, lint, types, then every test project; ends in one line that counts.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureSystemPackages } from './systemPackages.mjs';

const root = resolve(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
let passed = 0;
let failed = 0;

function step(title, command, args) {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) passed += 1;
  else failed += 1;
  return status === 0;
}

/** Beside the others, its words kept until it ends. */
function aside(title, command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes));
  return new Promise((resolve) => {
    const end = (status) => {
      console.log(`\n== ${title}`);
      process.stdout.write(Buffer.concat(said));
      if (status === 0) passed += 1;
      else failed += 1;
      resolve();
    };
    child.on('error', () => end(1));
    child.on('close', end);
  });
}

/**
 * Test files at a time. Most of them wait for a scale's frames in real time, so that more of them than processors go
 * together; a packaged program has the screen for itself.
 */
const projects = { unit: 4, integration: 4, screens: 2, e2e: 1 };

function project(name, files) {
  console.log(`\n== tests: ${name}`);
  const report = join(root, '.cache', `vitest-${name}.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const { status } = spawnSync(
    bin('vitest'),
    [
      'run',
      '--project',
      name,
      `--maxWorkers=${String(files)}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    passed += numPassedTests;
    failed += numFailedTests;
    // A file that could not even be loaded, or an error outside any test, has no test of its own to fail.
    if (status !== 0 && numFailedTests === 0) failed += Math.max(1, numFailedTestSuites);
  } catch {
    failed += 1;
  }
}

ensureSystemPackages('tests');
const lint = aside('lint', bin('eslint'), ['--max-warnings=0', '.']);
step('format', bin('prettier'), ['--check', '--log-level=warn', '.']);
step('types', bin('tsc'), ['-p', '.']);
step('build', process.execPath, ['build/bundle.mjs']);
await lint;
for (const [name, files] of Object.entries(projects)) project(name, files);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
