import { withoutAdam } from '../../tests/support/averageDocuments';
import { scheduleDocuments } from '../../tests/support/scheduleDocuments';
import { test } from '../fixtures/onePage';
import { expectAgreement } from './expectAgreement';

const STEPS = 8;

for (const [name, document] of Object.entries(scheduleDocuments)) {
  test(`the engines agree over ${STEPS} steps of modules that are trained by turns: ${name}`, async ({
    page,
  }) => {
    await expectAgreement(page, JSON.stringify(withoutAdam(document, 64)), STEPS);
  });
}
