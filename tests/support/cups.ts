import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A print service of the test's own, with one printer whose paper is a PDF file. */
export interface TestCups {
  readonly server: string;
  readonly printer: string;
  /** What the printer put out last. */
  readonly output: string;
  readonly log: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

const daemon = '/usr/sbin/cupsd';

/** A second print service needs its own folders and the right to become the user lp. */
export const canRunCups = process.platform === 'linux' && process.getuid?.() === 0;

const ppd = `*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TESTPDF.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test PDF"
*ShortNickName: "Test PDF"
*NickName: "Test PDF"
*PSVersion: "(3010.000) 550"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*cupsVersion: 2.2
*cupsFilter: "application/vnd.cups-pdf 0 -"
*OpenUI *PageSize/Page Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Page Region: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*VariablePaperSize: True
*MaxMediaWidth: "1200"
*MaxMediaHeight: "1200"
*HWMargins: 0 0 0 0
*NonUIOrderDependency: 100 AnySetup *CustomPageSize
*CustomPageSize True: "pop pop pop <</PageSize [5 -2 roll]>>setpagedevice"
*ParamCustomPageSize Width: 1 points 36 1200
*ParamCustomPageSize Height: 2 points 36 1200
*ParamCustomPageSize WidthOffset: 3 points 0 0
*ParamCustomPageSize HeightOffset: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 3
`;

export async function startCups(): Promise<TestCups> {
  if (spawnSync(daemon, ['-h']).error !== undefined) {
    throw new Error('cupsd is missing: apt-get install cups-daemon cups-client cups-filters poppler-utils');
  }
  const root = await mkdtemp(join(tmpdir(), 'yuanheng-cups-'));
  await chmod(root, 0o755);
  const at = (name: string): string => join(root, name);
  for (const folder of ['etc', 'etc/ppd', 'spool', 'cache', 'state', 'tmp']) await mkdir(at(folder));
  const printer = 'YARD_LQ730';
  const output = at('paper.pdf');
  const server = at('cups.sock');
  await writeFile(
    at('cups-files.conf'),
    `ServerRoot ${at('etc')}\nRequestRoot ${at('spool')}\nCacheDir ${at('cache')}\nStateDir ${at('state')}\n` +
      `TempDir ${at('tmp')}\nErrorLog ${at('error_log')}\nAccessLog ${at('access_log')}\nPageLog ${at('page_log')}\n` +
      'FileDevice Yes\nSystemGroup root\n',
  );
  await writeFile(
    at('cupsd.conf'),
    `Listen ${server}\nBrowsing No\nWebInterface No\nLogLevel debug\nDefaultShared No\n<Location />\n</Location>\n`,
  );
  await writeFile(at(`etc/ppd/${printer}.ppd`), ppd);
  await writeFile(
    at('etc/printers.conf'),
    `<DefaultPrinter ${printer}>\nInfo Test\nDeviceURI file://${output}\nState Idle\nAccepting Yes\nShared No\n</DefaultPrinter>\n`,
  );
  const child = spawn(daemon, ['-f', '-c', at('cupsd.conf'), '-s', at('cups-files.conf')], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  return {
    server,
    printer,
    output,
    log: () => readFile(at('error_log'), 'utf8').catch(() => ''),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}
