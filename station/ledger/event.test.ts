import { expect, it } from 'vitest';
import { EventBody } from './event.ts';

it('a release of before permits had a weight and a plate still opens', () => {
  const body = {
    number: 7,
    kind: 'oversize-permit',
    document: '晋超 2026-0117',
    validUntil: '2026-12-31',
    picture: 'a'.repeat(64),
    reason: '变压器',
    requestedBy: '李四',
    approvedBy: '王经理',
  };
  expect(EventBody.parse({ type: 'release-granted', body })).toMatchObject({
    body: { permittedKg: null, permitPlate: null, authority: null },
  });
});
