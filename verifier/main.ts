/** The offline verifier: one file, no network, opened from wherever it was saved. */
import type { PublishedKeys } from '../station/ledger/publishedKeys.ts';
import { readPublishedKeys } from '../station/ledger/publishedKeys.ts';
import { verdictOfSlip } from '../station/slips/slipVerdict.ts';
import { pageChecker } from './checker.ts';
import { verdictOfBundle } from './bundle.ts';
import type { KeptOutside } from './keptOutside.ts';
import { readKept } from './keptOutside.ts';
import { newerList } from './newerList.ts';
import { scanCanvas, scanPicture } from './scan.ts';
import { chinaTime, element, show } from './show.ts';
import { showBundle } from './showBundle.ts';

const lookEveryMs = 250;

function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`no ${id} on this page`);
  return found;
}

/** The keys this file was given out with; one that does not hold is left out, and said so. */
function keysInside(): readonly PublishedKeys[] {
  const list: unknown = JSON.parse(byId('published-keys', HTMLScriptElement).textContent || '[]');
  const note = byId('stations', HTMLElement);
  const good: PublishedKeys[] = [];
  for (const each of Array.isArray(list) ? list : []) {
    const read = readPublishedKeys(JSON.stringify(each), pageChecker);
    if (read.ok) good.push(read.value);
    else note.append(`✖ ${read.error} `);
  }
  note.append(
    good.length === 0
      ? '本页没有站点公钥 No station keys in this page'
      : good
          .map(({ stationName, station, asOfMs }) => `${stationName} (${station}) ${chinaTime(asOfMs)}`)
          .join('；'),
  );
  return good;
}

const published = [...keysInside()];
const text = byId('code', HTMLTextAreaElement);
const result = byId('result', HTMLElement);

/** Only what was asked last is answered. */
let asked = 0;

function check(scanned: string): void {
  asked += 1;
  text.value = scanned;
  show(result, verdictOfSlip(scanned, published, Date.now(), pageChecker));
  // On a telephone the ways to ask fill the screen: the answer is what is looked at next.
  result.scrollIntoView();
}

byId('check', HTMLButtonElement).addEventListener('click', () => {
  check(text.value);
});
byId('picture', HTMLInputElement).addEventListener('change', (event) => {
  const [file] = event.target instanceof HTMLInputElement ? (event.target.files ?? []) : [];
  if (file === undefined) return;
  void scanPicture(file).then(
    (found) => {
      check(found ?? '');
    },
    () => {
      check('');
    },
  );
});

/** What was kept outside the yard, as far as it was given to this page. */
let kept: KeptOutside = { anchors: [], heads: [] };
let lastBundle: File | null = null;

/** A bundle is read from the file where it lies; the page stays usable meanwhile. */
function checkFile(file: File): void {
  lastBundle = file;
  asked += 1;
  const mine = asked;
  result.className = 'doubt';
  result.replaceChildren(element('h2', '正在核对… Checking…'), element('p', file.name, 'detail'));
  const given = kept.anchors.length + kept.heads.length;
  void verdictOfBundle(file, published, kept).then(
    (verdict) => {
      if (mine !== asked) return;
      showBundle(result, verdict, given);
      result.scrollIntoView();
    },
    (problem: unknown) => {
      if (mine !== asked) return;
      result.className = 'bad';
      const why = problem instanceof Error ? problem.message : '';
      result.replaceChildren(
        element('h2', '? 没有核对成 Could not be checked'),
        element('p', '文件读不出，换一台设备或重新取文件 The file cannot be read here'),
        element('p', why, 'detail'),
      );
    },
  );
}

/** What is given is added to what there is, and the bundle on the page is checked again with it. */
function keep(texts: readonly string[]): void {
  const read = texts.map(readKept);
  const anchors = read.flatMap((each) => each.anchors);
  const heads = read.flatMap((each) => each.heads);
  const said = byId('kept-said', HTMLElement);
  if (anchors.length + heads.length === 0) {
    said.textContent =
      '✖ 读不出留存的摘要：要“第几条:64 位摘要”、锚点文件或平台回执 Nothing kept can be read in it';
    return;
  }
  kept = { anchors: [...kept.anchors, ...anchors], heads: [...kept.heads, ...heads] };
  const count = String(kept.anchors.length + kept.heads.length);
  said.textContent = `✔ 已有 ${count} 个，核对证据包时一并对照 ${count} taken, compared with every bundle`;
  if (lastBundle !== null) checkFile(lastBundle);
}

const keptFiles = byId('kept-files', HTMLInputElement);
keptFiles.addEventListener('change', () => {
  void Promise.all([...(keptFiles.files ?? [])].map((file) => file.text())).then(keep, () => {
    keep([]);
  });
  keptFiles.value = '';
});
byId('keep', HTMLButtonElement).addEventListener('click', () => {
  keep([byId('kept', HTMLTextAreaElement).value]);
});

const list = byId('list', HTMLInputElement);
list.addEventListener('change', () => {
  const [file] = list.files ?? [];
  const said = byId('list-said', HTMLElement);
  void file?.text().then((content) => {
    const read = newerList(content, published);
    if (read.ok) published.push(read.value);
    said.textContent = read.ok
      ? `✔ ${read.value.stationName} ${chinaTime(read.value.asOfMs)} · 作废 voids ${String(read.value.voided.length)}`
      : `✖ ${read.error}`;
  });
  list.value = '';
});

const bundle = byId('bundle', HTMLInputElement);
bundle.addEventListener('change', () => {
  const [file] = bundle.files ?? [];
  if (file !== undefined) checkFile(file);
  // The same file chosen again is checked again.
  bundle.value = '';
});
document.addEventListener('dragover', (event) => {
  event.preventDefault();
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer?.files ?? [];
  if (file !== undefined) checkFile(file);
});

/** Only where the browser gives a page its camera; a file opened from the phone's storage often gets none. */
const camera = byId('camera', HTMLButtonElement);
const video = byId('video', HTMLVideoElement);
camera.hidden = !('mediaDevices' in navigator);
camera.addEventListener('click', () => {
  void navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
    (stream) => {
      video.hidden = false;
      video.srcObject = stream;
      void video.play();
      const timer = setInterval(() => {
        const found = scanCanvas(video, video.videoWidth, video.videoHeight);
        if (found === null) return;
        clearInterval(timer);
        for (const track of stream.getTracks()) track.stop();
        video.hidden = true;
        check(found);
      }, lookEveryMs);
    },
    () => {
      camera.hidden = true;
    },
  );
});

const named = decodeURIComponent(location.hash.slice(1));
if (named !== '') check(named);
