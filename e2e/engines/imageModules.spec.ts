import { imageDocuments } from '../../tests/support/imageDocuments';
import { expect } from '../fixtures/browser';
import { test } from '../fixtures/onePage';
import { expectAgreement } from './expectAgreement';

const STEPS = 12;

for (const [name, document] of Object.entries(imageDocuments('data.digits'))) {
  test(`the engines agree over ${STEPS} steps of ${name}`, async ({ page }) => {
    const losses = await expectAgreement(page, JSON.stringify(document), STEPS);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  });
}
