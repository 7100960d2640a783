import { withoutAdam } from '../../tests/support/averageDocuments';
import { probeDocuments } from '../../tests/support/probeDocuments';
import { test } from '../fixtures/browser';
import { expectAgreement } from './expectAgreement';

const STEPS = 12;

for (const [name, document] of Object.entries(probeDocuments)) {
  test(`the engines agree over ${STEPS} steps with online probes: ${name}`, async ({ page }) => {
    await expectAgreement(page, JSON.stringify(withoutAdam(document, 64)), STEPS);
  });
}
