// `npm test`: formatting, lint, types, then every test project; ends in one line that counts.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ensureSystemPackages } from './systemPackages.mjs';

const root = resolve(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
let passed = 0;
let failed = 0;
/** What failed, said again at the end, where a reader of a long log looks first. */
const failures = [];

function step(title, command, args) {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  count(title, status);
}

function count(title, status) {
  if (status === 0) passed += 1;
  else {
    failed += 1;
    failures.push(title);
  }
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
      count(title, status);
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
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return count(`${name}: no report`, 1);
  }
  const broken = result.testResults.flatMap(brokenIn);
  passed += result.numPassedTests;
  // An error outside any test has no test of its own to fail.
  if (status !== 0 && broken.length === 0) broken.push('an error outside any test');
  failed += broken.length;
  failures.push(...broken.map((line) => `${name}: ${line}`));
}

/** A file that could not even be loaded counts as one. */
function brokenIn(file) {
  const path = relative(root, file.name);
  const tests = file.assertionResults.filter((test) => test.status === 'failed');
  if (tests.length === 0) return file.status === 'failed' ? [`${path}: ${file.message}`] : [];
  return tests.map((test) => `${path}: ${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`);
}

ensureSystemPackages('tests');
const lint = aside('lint', bin('eslint'), ['--max-warnings=0', '.']);
step('format', bin('prettier'), ['--check', '--log-level=warn', '.']);
step('types', bin('tsc'), ['-p', '.']);
step('build', process.execPath, ['build/bundle.mjs']);
await lint;
for (const [name, files] of Object.entries(projects)) project(name, files);
for (const line of failures) console.log(`\n== failed: ${line}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
