import type { Locator, Page } from '@playwright/test';
import {
  graphNodes,
  nodeNamed,
  preferEngine,
  runButton,
  selectNode,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { addAxe, DOCK, expectAccessible } from './fixtures/axe';
import { expect, test, watch } from './fixtures/browser';
import { openTab } from './fixtures/runs';

const kernels = (page: Page): Locator => page.getByTestId('kernel');
const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Kernels' });
/** What each kernel is for, in the list. */
const servedNodes = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-testid="kernel"]')].map(
      (row) => row.querySelectorAll('[role="gridcell"]')[2]?.textContent ?? '',
    ),
  );
/** Stands in two places, one of which is shown. */
const planUse = (page: Page): Locator => page.getByTestId('plan-use').filter({ visible: true });
const litNodes = (page: Page): Locator =>
  graphNodes(page).filter({ has: page.locator('[data-lit="true"]') });

async function openKernels(page: Page): Promise<Locator> {
  const panel = await openTab(page, 'Kernels');
  await expect(page.getByTestId('plan-summary')).toContainText(/\d+ dispatches a step/);
  return panel;
}

test('a kernel lights up the nodes it came from, and shows its source', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'jepa');
  const panel = await openKernels(page);
  await expect(page.getByTestId('plan-summary')).toContainText('1 pass a step');
  await expect(litNodes(page)).toHaveCount(0);

  const row = kernels(page).filter({ hasText: 'Encoder x' }).first();
  await row.click();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  const detail = panel.getByRole('region', { name: /^Kernel \d+$/ });
  const chips = await detail.locator('button[aria-pressed]').allInnerTexts();
  expect(chips).toContain('Encoder x');
  await expect(litNodes(page)).toHaveCount(chips.length);
  for (const label of chips) {
    await expect(nodeNamed(page, label).locator('[data-lit="true"]')).toHaveCount(1);
  }
  // Lit is not selected.
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(0);

  const source = page.getByTestId('wgsl');
  await expect(source).toHaveAttribute('data-highlighted', 'true');
  await expect(source.locator('[data-token="attribute"]').first()).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await detail.getByRole('button', { name: 'Copy' }).click();
  await expect(detail.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('@compute @workgroup_size');
  expect(copied.split('\n')[0]).toBe(
    (await source.locator('code').first().textContent())?.trimEnd(),
  );

  // The light goes out with the panel, and comes back with it.
  await openTab(page, 'Training');
  await expect(litNodes(page)).toHaveCount(0);
  await openTab(page, 'Kernels');
  await expect(litNodes(page)).toHaveCount(chips.length);
  await detail.getByRole('button', { name: 'Close the kernel' }).click();
  await expect(litNodes(page)).toHaveCount(0);
});

test('selected nodes list the kernels that serve them', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'jepa');
  await openKernels(page);
  await selectNode(page, 'Predictor');
  const only = page.getByRole('button', { name: /^Selected nodes only/ });
  await expect(only).toHaveAttribute('aria-pressed', 'true');
  const [, serving, all] = /(\d+) of (\d+)/.exec(await only.innerText()) ?? [];
  expect(Number(serving)).toBeGreaterThan(0);
  expect(Number(serving)).toBeLessThan(Number(all));
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(Number(serving) + 1));
  for (const nodes of await servedNodes(page)) expect(nodes).toContain('Predictor');

  await only.click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(Number(all) + 1));
  const marked = page.locator('[data-testid="kernel"][data-serves="true"]');
  await expect(marked.first()).toBeVisible();
  await expect(marked.filter({ hasNotText: 'Predictor' })).toHaveCount(0);
});

test('the keyboard alone goes through the kernels', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'jepa');
  await openKernels(page);
  await page.getByRole('tab', { name: 'Kernels' }).press('Tab');
  await expect(grid(page)).toBeFocused();
  const chosen = page.locator('[data-testid="kernel"][aria-selected="true"]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(chosen).toHaveAttribute('aria-rowindex', '3');
  await expect(grid(page)).toHaveAttribute(
    'aria-activedescendant',
    (await chosen.getAttribute('id')) ?? '',
  );
  await page.keyboard.press('End');
  const count = Number(await grid(page).getAttribute('aria-rowcount'));
  await expect(chosen).toHaveAttribute('aria-rowindex', String(count));
  await expect(chosen).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(chosen).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
});

test('the plan follows the graph, and says why there is none', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'jepa');
  const panel = await openKernels(page);
  const before = await page.getByTestId('plan-summary').innerText();
  await page.getByRole('textbox', { name: 'Batch size' }).fill('32');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('plan-summary')).not.toHaveText(before);

  await selectNode(page, 'Digits');
  await page.keyboard.press('Delete');
  await expect(panel.getByText('This graph does not compile')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('plan-summary')).toBeVisible();
});

test('the plan says whether it is what runs', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await openKernels(page);
  await expect(planUse(page)).toContainText('WebGPU would run this plan');
  await runButton(page).click();
  await waitForStep(page, 2);
  await expect(planUse(page)).toContainText(/WebGPU would run this plan; what runs is TF\.js \w+/);
});

test('without WebGPU the plan is there all the same', async ({ plainBrowser, baseURL }) => {
  const context = await plainBrowser.newContext(baseURL === undefined ? {} : { baseURL });
  const faults = await watch(context, new URL(baseURL ?? 'about:blank').origin);
  const page = await context.newPage();
  await visitTemplate(page, 'jepa');
  await openKernels(page);
  await expect(planUse(page)).toContainText('missing in this browser');
  await kernels(page).first().click();
  await expect(page.getByTestId('wgsl')).toContainText('@group(0)');
  await expect(runButton(page)).toBeEnabled();
  expect(faults).toEqual([]);
  await context.close();
});

test('no barriers among the kernels in either theme', async ({ page }, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'jepa');
  await openKernels(page);
  await expectAccessible(page, 'kernels', DOCK);
  await kernels(page).nth(2).click();
  await expect(page.getByTestId('wgsl')).toHaveAttribute('data-highlighted', 'true');
  await expectAccessible(page, 'a chosen kernel', DOCK);
  await selectNode(page, 'Predictor');
  await expect(page.getByRole('button', { name: /^Selected nodes only/ })).toBeVisible();
  await expectAccessible(page, 'kernels of a node', DOCK);
  await info.attach('kernels', { body: await page.screenshot(), contentType: 'image/png' });
});
