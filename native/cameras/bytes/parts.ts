/**
 * The parts of a multipart body as they come in, in any chunks: form-data of a push, and the endless
 * multipart/mixed and x-mixed-replace streams of Hikvision and Dahua.
 *
 *   --boundary
 *   Content-Type: application/xml; charset="UTF-8"
 *   Content-Length: 492
 *
 *   <EventNotificationAlert …>
 *
 * Tolerated, as seen in the field: a boundary written twice (toxuin/alarmserver, pull request 51), no boundary in
 * the Content-Type, no or a wrong Content-Length, a length of 0 before a body (ITC237), bytes of a picture that
 * look like nothing. A part is given out as soon as it is complete, not when the next one begins.
 */
export interface Part {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface PartsOptions {
  /** Without the two hyphens in front. */
  readonly boundary: string;
  readonly onPart: (part: Part) => void;
  readonly onFault: (fault: 'noise' | 'too-large') => void;
  /**
   * Where the body of a part that states no length ends; null while it can't be told. Looks at the bytes from the
   * front only, so that it says the same whatever chunks they came in.
   */
  readonly endOf?: (headers: Part['headers'], body: Buffer) => number | null;
  readonly maxPartBytes?: number;
}

const defaultMaxPartBytes = 12 * 1024 * 1024;
const maxHeadBytes = 8 * 1024;
/** Of a body that states no length, which is searched as it grows: none in the field comes near it. */
const maxSearchedTextBytes = 64 * 1024;
const maxSearchedImageBytes = 2 * 1024 * 1024;

type State =
  | { readonly at: 'between' }
  | { readonly at: 'headers'; readonly headers: Record<string, string>; readonly bytes: number }
  | { readonly at: 'counted'; readonly headers: Part['headers']; readonly length: number }
  | { readonly at: 'searched'; readonly headers: Part['headers'] };

export class Parts {
  readonly #options: PartsOptions;
  readonly #delimiter: Buffer;
  readonly #maxPartBytes: number;
  #state: State = { at: 'between' };
  #chunks: Buffer[] = [];
  #size = 0;
  /** How much of a body was searched before without finding its end. */
  #searchedTo = 0;
  #noisy = false;
  /** Inside a line too long to be one. */
  #skipping = false;

  constructor(options: PartsOptions) {
    this.#options = options;
    this.#delimiter = Buffer.from(`--${options.boundary}`, 'latin1');
    this.#maxPartBytes = options.maxPartBytes ?? defaultMaxPartBytes;
  }

  add(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(Buffer.from(chunk));
    this.#size += chunk.length;
    while (this.#step());
  }

  /** The stream is over: a part that only its end could delimit is given out. */
  end(): void {
    const { headers, at } = { headers: {}, ...this.#state };
    if (at === 'searched' && this.#size > 0) this.#emit(headers, withoutLineEnd(this.#bytes()));
    this.#chunks = [];
    this.#size = 0;
    this.#state = { at: 'between' };
  }

  /** True when something was taken and there may be more. */
  #step(): boolean {
    const state = this.#state;
    switch (state.at) {
      case 'between':
      case 'headers':
        return this.#line(state);
      case 'counted':
        return this.#counted(state.headers, state.length);
      case 'searched':
        return this.#searched(state.headers);
    }
  }

  #line(state: Extract<State, { at: 'between' | 'headers' }>): boolean {
    const bytes = this.#bytes();
    const newline = bytes.indexOf(0x0a);
    if (newline < 0) {
      if (bytes.length <= maxHeadBytes) return false;
      this.#skipping = true;
      this.#keep(Buffer.alloc(0));
      return false;
    }
    const tooLong = this.#skipping || newline > maxHeadBytes;
    const line = tooLong ? '' : bytes.subarray(0, newline).toString('latin1').replace(/\r$/, '');
    this.#skipping = false;
    this.#keep(bytes.subarray(newline + 1));
    if (tooLong) {
      this.#fault('noise');
      this.#state = { at: 'between' };
    } else if (this.#isDelimiter(line)) {
      this.#noisy = false;
      this.#state = line.endsWith(`${this.#options.boundary}--`)
        ? { at: 'between' }
        : { at: 'headers', headers: {}, bytes: 0 };
    } else if (state.at === 'headers') this.#header(state, line);
    else if (line.trim() !== '') this.#fault('noise');
    return true;
  }

  #isDelimiter(line: string): boolean {
    // Some write the boundary with its own hyphens once more, or with blanks after it.
    return line.trimEnd().replace(/--$/, '').endsWith(this.#options.boundary) && line.startsWith('--');
  }

  #header(state: Extract<State, { at: 'headers' }>, line: string): void {
    if (line === '') {
      this.#beginBody(state.headers);
      return;
    }
    const [, name, value] = /^([A-Za-z0-9-]{1,64})\s*:\s*(.*)$/.exec(line) ?? [];
    const bytes = state.bytes + line.length;
    if (name === undefined || value === undefined || bytes > maxHeadBytes) {
      this.#fault('noise');
      this.#state = { at: 'between' };
      return;
    }
    this.#state = { at: 'headers', headers: { ...state.headers, [name.toLowerCase()]: value }, bytes };
  }

  #beginBody(headers: Record<string, string>): void {
    if (Object.keys(headers).length === 0) {
      // An empty line after a boundary and nothing stated: what follows is not a part.
      return;
    }
    const length = /^\d{1,12}$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : 0;
    if (length > this.#maxPartBytes) {
      this.#fault('too-large');
      this.#state = { at: 'between' };
    } else this.#state = length > 0 ? { at: 'counted', headers, length } : { at: 'searched', headers };
  }

  #counted(headers: Part['headers'], length: number): boolean {
    if (this.#size < length) return false;
    const bytes = this.#bytes();
    const body = bytes.subarray(0, length);
    // A length that runs over the next boundary was wrong.
    const early = this.#delimiterIn(body);
    this.#emit(headers, early === null ? body : withoutLineEnd(body.subarray(0, early)));
    this.#keep(bytes.subarray(early ?? length));
    this.#state = { at: 'between' };
    return true;
  }

  #searched(headers: Part['headers']): boolean {
    const bytes = this.#bytes();
    const mostBytes = Math.min(this.#maxPartBytes, searchedBytes(headers));
    const told = this.#options.endOf?.(headers, bytes) ?? null;
    const delimiter = this.#delimiterIn(bytes, this.#searchedTo);
    if (told === null && delimiter === null) {
      this.#searchedTo = Math.max(0, bytes.length - this.#delimiter.length);
      if (bytes.length <= mostBytes) return false;
      this.#fault('too-large');
      this.#keep(Buffer.alloc(0));
      this.#state = { at: 'between' };
      return false;
    }
    const end = delimiter !== null && (told === null || delimiter < told) ? delimiter : (told ?? 0);
    if (end > mostBytes) this.#fault('too-large');
    else this.#emit(headers, withoutLineEnd(bytes.subarray(0, end)));
    this.#keep(bytes.subarray(end));
    this.#state = { at: 'between' };
    return true;
  }

  /** Where a line with the delimiter begins. */
  #delimiterIn(bytes: Buffer, from = 0): number | null {
    for (
      let at = bytes.indexOf(this.#delimiter, from);
      at >= 0;
      at = bytes.indexOf(this.#delimiter, at + 1)
    ) {
      let begin = at;
      while (begin > 0 && bytes[begin - 1] === 0x2d) begin -= 1;
      if (begin === 0 || bytes[begin - 1] === 0x0a) return begin;
    }
    return null;
  }

  #emit(headers: Part['headers'], body: Buffer): void {
    this.#options.onPart({ headers, body });
  }

  /** Once for each stretch of nonsense, and what is left of a refused part is no further fault. */
  #fault(fault: 'noise' | 'too-large'): void {
    if (fault === 'noise' && this.#noisy) return;
    this.#noisy = true;
    this.#options.onFault(fault);
  }

  #bytes(): Buffer {
    const [first = Buffer.alloc(0), ...more] = this.#chunks;
    const bytes = more.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#chunks = [bytes];
    return bytes;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
    this.#searchedTo = 0;
  }
}

function searchedBytes(headers: Part['headers']): number {
  return /^image\//i.test(headers['content-type'] ?? '') ? maxSearchedImageBytes : maxSearchedTextBytes;
}

function withoutLineEnd(body: Buffer): Buffer {
  if (body.at(-1) !== 0x0a) return body;
  return body.subarray(0, body.at(-2) === 0x0d ? -2 : -1);
}

/** The boundary a Content-Type names; cameras forget it, and then write `--boundary`. */
export function boundaryOf(contentType: string): string | null {
  const [, quoted, bare] = /boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;,]{1,200}))/i.exec(contentType) ?? [];
  const boundary = (quoted ?? bare ?? '').replace(/^--(?=\w)/, '');
  return boundary === '' ? null : boundary;
}
