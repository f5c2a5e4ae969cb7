import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CamerasSettings } from '../cameraSettings.ts';
import { JsonPush } from './push.ts';

function read(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
}

/** The JSON written out in docs/cameras.md, in order. */
function examples(): Record<string, unknown>[] {
  return [...read('cameras.md').matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, text = '']) => JSON.parse(text) as Record<string, unknown>,
  );
}

describe('docs/cameras.md', () => {
  it('shows settings that are accepted', () => {
    const settings = examples().filter((each) => 'cameras' in each);
    expect(settings).toHaveLength(2);
    for (const { cameras } of settings)
      expect(CamerasSettings.safeParse(cameras)).toMatchObject({ success: true });
  });

  it('shows a push that is understood, every field of it', () => {
    const push = examples().find((each) => 'eventId' in each) ?? {};
    const parsed = JsonPush.safeParse(push);
    expect(parsed).toMatchObject({ success: true });
    expect(Object.keys(parsed.data ?? {})).toEqual(expect.arrayContaining(Object.keys(push)));
  });

  it('has the schema beside it that the station reads with', () => {
    expect(JSON.parse(read('camera-push.schema.json'))).toEqual(z.toJSONSchema(JsonPush, { io: 'input' }));
  });
});
