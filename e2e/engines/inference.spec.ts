import { INFERENCE_DOCUMENTS } from '../../tests/support/inferenceDocuments';
import { test } from '../fixtures/browser';
import { expectAgreement } from './expectAgreement';

const STEPS = 6;

for (const [name, document] of Object.entries(INFERENCE_DOCUMENTS)) {
  test(`the engines agree over ${STEPS} steps of ${name}`, async ({ page }) => {
    await expectAgreement(page, JSON.stringify(document), STEPS, 1);
  });
}
