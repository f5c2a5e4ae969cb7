// The offline verifier as one file: script and style inside, and a policy that lets nothing else in or out.
import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const nodeParts = join(root, 'verifier', 'node');
const hashOf = (text) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

export async function buildVerifierPage(outfile) {
  const built = await build({
    entryPoints: [join(root, 'verifier', 'main.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    // The checks of a bundle are the station's own; what they take from Node is here in plain JavaScript.
    alias: {
      'node:buffer': join(nodeParts, 'buffer.ts'),
      'node:crypto': join(nodeParts, 'crypto.ts'),
      'node:zlib': join(nodeParts, 'zlib.ts'),
    },
    inject: [join(nodeParts, 'buffer.ts')],
    write: false,
    logLevel: 'warning',
    legalComments: 'none',
  });
  // A closing tag inside the program would end the script element.
  const program = built.outputFiles[0].text.trim().replaceAll('</script', '<\\/script');
  const page = readFileSync(join(root, 'verifier', 'page.html'), 'utf8');
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
  const policy = `default-src 'none'; script-src ${hashOf(program)}; style-src ${hashOf(style)}; img-src blob: data:; media-src blob: mediastream:; base-uri 'none'; form-action 'none'`;
  const whole = page
    // As it is looked for when keys are put in.
    .replace(
      /<script type="application\/json" id="published-keys">\s*\[\]\s*<\/script>/,
      '<script type="application/json" id="published-keys">[]</script>',
    )
    .replace('<!--policy-->', () => `<meta http-equiv="Content-Security-Policy" content="${policy}" />`)
    .replace('<!--program-->', () => `<script>${program}</script>`);
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, whole);
}
