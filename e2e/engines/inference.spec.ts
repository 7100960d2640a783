import { INFERENCE_DOCUMENTS } from '../../tests/support/inferenceDocuments';
import { test } from '../fixtures/onePage';
import { expectAgreement } from './expectAgreement';

const STEPS = 6;

test(`the engines agree over ${STEPS} steps of every way to infer and to contrast`, async ({
  page,
}) => {
  for (const [name, document] of Object.entries(INFERENCE_DOCUMENTS)) {
    await test.step(name, () => expectAgreement(page, JSON.stringify(document), STEPS, 1));
  }
});
