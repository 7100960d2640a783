import type { Locator, Page } from '@playwright/test';
import {
  command,
  expectAlive,
  graphNodes,
  nodeNamed,
  preferEngine,
  runButton,
  savedText,
  selectNode,
  stepOf,
  title,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { DOCK_TABS, openTab } from './fixtures/runs';
import { translatePage } from './fixtures/translate';

function field(page: Page, name: string): Locator {
  return page.getByRole('textbox', { name, exact: true });
}

/** Types over what a field says, key by key. */
async function typeOver(page: Page, into: Locator, text: string): Promise<void> {
  await into.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

async function training(page: Page): Promise<Record<string, unknown>> {
  return (JSON.parse(await savedText(page)) as { training: Record<string, unknown> }).training;
}

test('numbers are read as people write them, and what cannot be read leaves the old one', async ({
  page,
}, info) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  const note = page.getByTestId('inspector').getByRole('status').filter({ hasText: '=' });
  const alert = page.getByTestId('inspector').getByRole('alert');
  const read: readonly (readonly [name: string, text: string, value: string])[] = [
    ['Steps', '100,000', '100000'],
    ['Steps', '100.000', '100000'],
    ['Batch size', '1 024', '1024'],
    ['Batch size', '1,024', '1024'],
    ['Learning rate', '2,5e-3', '0.0025'],
    ['Learning rate', '0,001', '0.001'],
  ];
  for (const [name, text, value] of read) {
    await typeOver(page, field(page, name), text);
    await expect(note).toHaveText(`= ${value}`);
    await page.keyboard.press('Tab');
    await expect(field(page, name)).toHaveValue(value);
    await expect(note).toHaveCount(0);
  }
  expect(await training(page)).toMatchObject({
    steps: 100000,
    batchSize: 1024,
    learningRate: 0.001,
  });

  const refused: readonly (readonly [name: string, text: string, why: string])[] = [
    ['Batch size', '1,02,4', 'Enter a number. “1,02,4” was not taken. 1024 stays.'],
    ['Batch size', '6.5', 'Enter a whole number. “6.5” was not taken. 1024 stays.'],
    ['Learning rate', '½', 'Enter a number. “½” was not taken. 0.001 stays.'],
    ['Learning rate', '-1', 'Must be at least 0. “-1” was not taken. 0.001 stays.'],
  ];
  for (const [name, text, why] of refused) {
    await typeOver(page, field(page, name), text);
    await page.keyboard.press('Tab');
    await expect(alert).toHaveText(why);
    if (text === '½') {
      await info.attach('refused', { body: await page.screenshot(), contentType: 'image/png' });
    }
    // It is said until something else is typed.
    await typeOver(page, field(page, name), '1');
    await expect(alert).toHaveCount(0);
    await page.keyboard.press('Escape');
  }
  expect(await training(page)).toMatchObject({ batchSize: 1024, learningRate: 0.001 });

  await test.step('lists of numbers too', async () => {
    await selectNode(page, 'f');
    const widths = page.locator('#parameter-widths');
    await typeOver(page, widths, '1,024');
    await page.keyboard.press('Tab');
    await expect(alert).toContainText('Commas part the numbers');
    await typeOver(page, widths, '64,128');
    await page.keyboard.press('Tab');
    await expect(widths).toHaveValue('64, 128');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  await test.step('and forms of other panels', async () => {
    await openTab(page, 'Sweeps');
    await page.getByRole('button', { name: 'New sweep' }).click();
    const form = page.getByRole('form', { name: 'New sweep' });
    const steps = form.getByRole('textbox', { name: 'Steps of each' });
    await typeOver(page, steps, '1,5x');
    // Enter hands in nothing that is not understood.
    await page.keyboard.press('Enter');
    await expect(form).toBeVisible();
    await expect(form.getByRole('alert')).toHaveText('Enter a number.');
    await typeOver(page, steps, '10,000');
    await page.keyboard.press('Tab');
    await expect(steps).toHaveValue('10000');
  });
});

test.describe('in German', () => {
  test.use({ locale: 'de-DE' });

  test('a comma begins the decimals, unless only whole numbers fit', async ({ page }) => {
    await visitTemplate(page, 'parabola');
    for (const [name, text, value] of [
      ['Learning rate', '1,024', '1.024'],
      ['Batch size', '1.024', '1024'],
      ['Steps', '1.024,0', '1024'],
    ] as const) {
      await typeOver(page, field(page, name), text);
      await page.keyboard.press('Enter');
      await expect(field(page, name)).toHaveValue(value);
    }
  });
});

test('what cannot be read is said when its field goes with another selection', async ({ page }) => {
  await visitTemplate(page, 'vicreg');
  await selectNode(page, 'Encoder A');
  const said = page.getByText('Output width: Enter a number. “6x” was not taken. 32 stays.');
  await typeOver(page, field(page, 'Output width'), '6x');
  await selectNode(page, 'Expander A');
  await expect(said).toBeVisible();
});

test('a number that is typed during a run counts once it is entered', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  const rate = field(page, 'Learning rate');
  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo(:|$)/ });
  await typeOver(page, field(page, 'Steps'), '1e6');
  await page.keyboard.press('Enter');
  await typeOver(page, title(page), 'Typed');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await waitForStep(page, 1);
  const before = await undo.getAttribute('aria-label');
  await rate.focus();
  await page.keyboard.press('Control+a');
  for (const key of '1e-3') {
    await page.keyboard.press(key);
    const step = await stepOf(page);
    await waitForStep(page, step + 1);
    // Nothing was changed so far.
    await expect(undo).toHaveAttribute('aria-label', before ?? '');
  }
  await page.keyboard.press('Enter');
  await expect(undo).toHaveAttribute('aria-label', 'Undo: change training');
  await waitForStep(page, (await stepOf(page)) + 1);
  await expect(runButton(page)).toHaveText('Pause');
  await page.keyboard.press('Control+.');
  expect(await training(page)).toMatchObject({ learningRate: 0.001 });
});

for (const how of ['wraps', 'replaces'] as const) {
  test(`a page whose translation ${how} its text goes on`, async ({ page }, info) => {
    await preferEngine(page, 'tfjs');
    await visitTemplate(page, 'parabola');
    expect(await translatePage(page, how)).toBeGreaterThan(100);
    // Formulas, code and keys stay.
    await expect(page.locator('[translate="no"] font')).toHaveCount(0);

    await test.step('runs, pauses, resets', async () => {
      await runButton(page).click();
      await expect(runButton(page)).toHaveText('Pause');
      await waitForStep(page, 3);
      await runButton(page).click();
      await expect(runButton(page)).toHaveText('Run on');
      // What is read is what is so.
      const step = await stepOf(page);
      await expect(page.getByTestId('progress')).toContainText(
        new Intl.NumberFormat('en').format(step),
      );
    });
    await test.step('shows every tab', async () => {
      for (const tab of DOCK_TABS) await openTab(page, tab);
      await openTab(page, 'Training');
    });
    await test.step('selects, adds, names, undoes', async () => {
      await selectNode(page, 'f');
      await expect(page.getByTestId('inspector')).toContainText('Predictor');
      await page.getByLabel('Label', { exact: true }).fill('g');
      await expect(nodeNamed(page, 'g')).toHaveCount(1);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+d');
      await expect(graphNodes(page)).toHaveCount(4);
      await page.keyboard.press('Delete');
      await expect(graphNodes(page)).toHaveCount(3);
      await page.keyboard.press('Control+z');
      await expect(graphNodes(page)).toHaveCount(4);
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await expect(graphNodes(page)).toHaveCount(0);
      await page.keyboard.press('Control+z');
      await expect(graphNodes(page)).toHaveCount(4);
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      await expect(nodeNamed(page, 'f')).toHaveCount(1);
      await page.keyboard.press('Escape');
    });
    await test.step('opens dialogs and menus, and other documents', async () => {
      for (const name of ['Share by link', 'Keyboard shortcuts', 'All documents']) {
        await command(page, name);
        await expect(page.getByRole('dialog')).toHaveCount(1);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
      await command(page, 'New document');
      await expect(graphNodes(page)).toHaveCount(0);
      await command(page, 'Open the template gallery');
      await page.getByTestId('template-vicreg').click();
      await expect(title(page)).not.toHaveValue('Untitled');
      await expect(graphNodes(page)).not.toHaveCount(0);
    });
    await info.attach(how, { body: await page.screenshot(), contentType: 'image/png' });
    await expectAlive(page);
    await page.getByRole('button', { name: 'Reset to step 0' }).click();
    await expect.poll(() => stepOf(page)).toBe(0);
  });
}
