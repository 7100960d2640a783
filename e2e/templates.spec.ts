import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  graphNodes,
  nodeNamed,
  preferEngine,
  runButton,
  stepOf,
  templateText,
  templateTitle,
  title,
  waitForStep,
} from './fixtures/actions';
import { expect } from './fixtures/browser';
import { test } from './fixtures/onePage';
import { expectFall, JUDGED, metrics, openTab, runTo, verdict } from './fixtures/runs';

const slugs = readdirSync(new URL('../templates/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Has a test of its own. */
const COLLAPSING = 'joint-embedding-collapse';

const VERDICT = new RegExp(`${JUDGED.source}|^No verdict$`);

/** Flat for a while, or trained against samples of its own: judged from step 750 or 1000 on (docs/semantics.md §7). */
const LATE = ['denoising-autoencoder', 'energy-gan', 'langevin-nll'];

/** A step takes about a tenth of a second: they are run for less, which is not yet judged. */
const SLOW = ['i-jepa', 'mae-mnist'];

/** For a first report: neighbours in hundreds of numbers take a while where the machine is busy. */
const REPORT = { timeout: 90_000 };

const AGAINST_SAMPLES = ['loss.nll', 'loss.adversarial'];

/** In the Collapse tab. */
const reportStep = (page: Page) => page.getByText(/^Step [\d,]+ · held-out data$/);

/** Takes a template from the gallery, on a first visit or after another template: of that nothing is left. */
async function open(page: Page, slug: string): Promise<void> {
  if (page.url() === 'about:blank') {
    // TensorFlow.js, because it is the faster one without a GPU; the story runs on WebGPU.
    await preferEngine(page, 'tfjs');
    // Edges that pulse are drawn by the processor here; accessibility.spec.ts looks at them.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
  } else await page.getByRole('button', { name: 'Templates', exact: true }).click();
  await page.getByTestId(`template-${slug}`).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(title(page)).toHaveValue(templateTitle(slug));
  await expect(page.getByText('No verdict yet')).toBeVisible();
  await expect(reportStep(page)).toHaveCount(0);
  expect(await stepOf(page)).toBe(0);
}

for (const slug of slugs.filter((one) => one !== COLLAPSING)) {
  test(`${slug} opens, trains and is judged`, async ({ page }) => {
    const { nodes, training } = JSON.parse(templateText(slug)) as {
      nodes: { kind: string }[];
      training: { steps: number };
    };
    await open(page, slug);
    await expect(graphNodes(page)).toHaveCount(nodes.length);
    await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error/);
    const steps = Math.min(SLOW.includes(slug) ? 60 : 260, training.steps);
    await runTo(page, steps);
    const expected = steps < 260 || LATE.includes(slug) ? VERDICT : JUDGED;
    await expect(verdict(page)).toHaveText(expected, REPORT);

    const panel = await openTab(page, 'Collapse');
    await expect(reportStep(page)).toBeVisible();
    const rows = panel
      .getByRole('table')
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
    expect(await rows.count()).toBeGreaterThan(0);
    for (const row of await rows.all()) {
      await expect(row.getByRole('cell').last()).toHaveText(VERDICT);
    }
    const curves = await metrics(page);
    // What is trained against samples of its own is a difference of energies: it has a gradient and no course.
    const total = curves.get('Total');
    if (nodes.some(({ kind }) => AGAINST_SAMPLES.includes(kind))) {
      expect(total?.every(Number.isFinite)).toBe(true);
    } else expectFall(total);
  });
}

test(`${COLLAPSING} warns before training, and collapses`, async ({ page }) => {
  await open(page, COLLAPSING);
  const energy = nodeNamed(page, 'Distance');
  await expect(energy.getByRole('img', { name: /collapse/ })).toBeVisible();
  const problems = page.getByTestId('problems');
  await expect(problems).toHaveAccessibleName(/warning/);
  await problems.click();
  await expect(page.getByRole('button', { name: /collapse/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('textbox', { name: 'Steps', exact: true }).fill('300');
  await page.keyboard.press('Enter');
  await runButton(page).click();
  await waitForStep(page, 300);
  const panel = await openTab(page, 'Collapse');
  await expect(page.getByText('Step 300 · held-out data')).toBeVisible();
  await expect(verdict(page)).toHaveText('Complete collapse');
  const rows = panel.getByRole('row').filter({ hasText: /Encoder/ });
  expect(await rows.count()).toBeGreaterThan(0);
  for (const row of await rows.all()) {
    await expect(row.getByRole('cell').last()).toHaveText('Complete collapse');
    const [meanStd = NaN] = (await row.getByRole('cell').nth(0).innerText()).split('·').map(Number);
    expect(meanStd).toBeLessThan(0.01);
  }
});
