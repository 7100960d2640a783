import { averageDocuments, withoutAdam } from '../../tests/support/averageDocuments';
import { test } from '../fixtures/onePage';
import { expectAgreement } from './expectAgreement';

const STEPS = 12;

for (const [name, document] of Object.entries(averageDocuments)) {
  test(`the engines agree over ${STEPS} steps with averages of weights: ${name}`, async ({
    page,
  }) => {
    await expectAgreement(page, JSON.stringify(withoutAdam(document, 64)), STEPS);
  });
}
