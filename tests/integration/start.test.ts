import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const file = pathToFileURL(resolve(import.meta.dirname, '../../build/endWithParent.mjs')).href;
const script = `
  const { endWithParent } = await import(${JSON.stringify(file)});
  endWithParent(() => { console.log('ended'); process.exit(0); });
  setInterval(() => undefined, 1000);
  console.log('runs');`;

it('what npm’s shell started ends when only the shell is told to', async () => {
  // Two commands: a shell with one alone becomes that one.
  const shell = spawn('sh', ['-c', `"$NODE" --input-type=module -e "$SCRIPT"; true`], {
    env: { ...process.env, NODE: process.execPath, SCRIPT: script },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  shell.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString('utf8');
    if (said === 'runs\n') shell.kill('SIGTERM');
  });
  // The pipe is closed when the last one that holds it is gone.
  await once(shell.stdout, 'close');
  expect(said).toBe('runs\nended\n');
});
