import { expect, it } from 'vitest';
import { cameraTroublesEn, cameraTroublesZh, sayMissed, sayTrouble } from './cameraTroubles.ts';

it('says in the screen’s language what the station says, and leaves a device’s own words as they are', () => {
  expect(sayTrouble(cameraTroublesZh, 'html-answer')).toContain('网页');
  expect(sayTrouble(cameraTroublesZh, 'another device answers there: SN-9')).toMatch(/序列号 SN-9$/);
  expect(sayTrouble(cameraTroublesZh, 'wrong-serial-number SN-9')).toMatch(/SN-9$/);
  expect(sayTrouble(cameraTroublesZh, 'HTTP 503')).toBe('HTTP 503');
  expect(sayTrouble(cameraTroublesEn, 'bad-picture')).toBe('bad-picture');
});

it('tells cameras with one trouble together', () => {
  const missed = 'front: no answer in time; top: no answer in time; rear: HTTP 500';
  expect(sayMissed(cameraTroublesZh, missed)).toBe('front, top: 没有按时回答; rear: HTTP 500');
});
