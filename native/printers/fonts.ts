import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '../../station/result.ts';
import type { PrintFailure } from './printer.ts';

export interface FontFiles {
  readonly regular: string;
  readonly bold: string;
}

export interface Fonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

/** The fonts beside a bundle (`dist/fonts`), then those of a checkout; `moduleUrl` is the asker's `import.meta.url`. */
export function fontCandidates(moduleUrl: string): readonly FontFiles[] {
  const at = (relative: string): string => fileURLToPath(new URL(relative, moduleUrl));
  const bundled = ['./fonts/', '../fonts/'].map((folder) => ({
    regular: at(`${folder}NotoSansSC-Regular.ttf`),
    bold: at(`${folder}NotoSansSC-Bold.ttf`),
  }));
  const installed = ['./', '../', '../../'].map((up) => ({
    regular: at(`${up}node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf`),
    bold: at(`${up}node_modules/@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf`),
  }));
  return [...bundled, ...installed];
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

export async function findFonts(candidates: readonly FontFiles[]): Promise<Result<FontFiles, PrintFailure>> {
  for (const files of candidates) {
    if ((await isFile(files.regular)) && (await isFile(files.bold))) return ok(files);
  }
  return err({
    code: 'fonts-missing',
    detail: '找不到中文字体文件，请重新安装程序 Chinese font files not found',
  });
}

/** The program's own fonts, wherever it was installed. */
export function ownFonts(): Promise<Result<FontFiles, PrintFailure>> {
  return findFonts(fontCandidates(import.meta.url));
}

/** Read for each paper and let go again: 20 MB are not kept for what is printed once in minutes. */
export async function readFonts(given?: FontFiles): Promise<Result<Fonts, PrintFailure>> {
  const found = given === undefined ? await ownFonts() : ok(given);
  if (!found.ok) return found;
  const files = found.value;
  try {
    const [regular, bold] = await Promise.all([readFile(files.regular), readFile(files.bold)]);
    return ok({ regular, bold });
  } catch {
    return err({
      code: 'fonts-missing',
      detail: `中文字体文件读不出 Font files cannot be read: ${files.regular}`,
    });
  }
}
