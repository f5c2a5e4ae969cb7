#!/usr/bin/env node
// Plain JavaScript, because it has to run on whatever Node the machine has: it hands over to the Node 24 that
// `npm ci` installed with the program. That one runs the TypeScript as it stands.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;
const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const major = Number(process.versions.node.split('.')[0]);

if (major >= neededMajor) {
  // The launcher was killed where it could not pass the signal on: nothing must be left running unseen.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
  const { main } = await import('../cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else if (existsSync(own)) {
  handOver();
} else {
  process.stderr.write(
    `yuanheng: needs Node ${neededMajor} (this is ${process.version}): run npm ci first\n`,
  );
  process.exitCode = 1;
}

/** Same arguments, same standard streams, same signals, same end. */
function handOver() {
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) {
    process.on(signal, () => {
      // The terminal sends Ctrl-C to both already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (problem) => {
    process.stderr.write(`yuanheng: cannot start ${own}: ${problem.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const each of signals) process.removeAllListeners(each);
    process.kill(process.pid, signal);
  });
}
