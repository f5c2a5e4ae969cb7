/** In the page's place of node:buffer, and its global `Buffer`. */
import type { Buffer as NodeBuffer } from 'node:buffer';
import { Buffer as PageBuffer } from 'buffer/index.js';

// What the checks use of it, this one does alike.
export const Buffer = PageBuffer as unknown as typeof NodeBuffer;
