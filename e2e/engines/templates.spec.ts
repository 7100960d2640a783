import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '../fixtures/onePage';
import { expectAgreement } from './expectAgreement';

const FOLDER = fileURLToPath(new URL('../../templates/', import.meta.url));
const STEPS = 20;
/** A step of these takes the reference seconds. */
const SLOW = ['i-jepa', 'mae-mnist'];
const SLOW_STEPS = 5;
/** A Hopfield network begins with a loss of 0. */
const SCALE = 0.01;

const slugs = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

for (const slug of slugs) {
  const steps = SLOW.includes(slug) ? SLOW_STEPS : STEPS;
  test(`the engines agree over ${steps} steps of ${slug}`, async ({ page }) => {
    await expectAgreement(page, readFileSync(`${FOLDER}${slug}/graph.json`, 'utf8'), steps, SCALE);
  });
}
