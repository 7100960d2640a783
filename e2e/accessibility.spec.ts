import type { Page } from '@playwright/test';
import {
  preferEngine,
  runButton,
  selectNode,
  templateTitle,
  title,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { addAxe, DOCK, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { openTab, pause, runLong, verdict } from './fixtures/runs';

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('no barriers in either theme', async ({ page }, info) => {
  test.setTimeout(300_000);
  const check = async (place: string, within?: string): Promise<void> => {
    await info.attach(place, { body: await page.screenshot(), contentType: 'image/png' });
    await expectAccessible(page, place, within);
  };
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const dialog = '[role="dialog"]';
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await page.goto('/');
  await expect(page.getByTestId('template-vicreg')).toBeVisible();
  await check('gallery', dialog);

  await page.getByTestId('template-vicreg').click();
  await expect(title(page)).toHaveValue(templateTitle('vicreg'));
  await check('editor');
  await runLong(page);

  await selectNode(page, 'Encoder A');
  await expect(page.getByTestId('inspector').getByText('Parameters')).toBeVisible();
  await check('inspector', '[data-testid="inspector"]');

  await runButton(page).click();
  await expect(verdict(page)).toBeVisible({ timeout: 90_000 });
  await check('running');
  await openTab(page, 'Collapse');
  await pause(page);
  await check('collapse', DOCK);
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  await check('details of the collapse', DOCK);

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByTestId('share-link')).toBeVisible();
  await check('share', dialog);
  await closeDialog(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByPlaceholder('What do you want to do?')).toBeFocused();
  await check('commands', dialog);
  await closeDialog(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await check('shortcuts', dialog);
  await closeDialog(page);

  // A graph that cannot run, with what it says about it.
  await selectNode(page, 'Digits');
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('problems')).toHaveAccessibleName(/error/);
  await page.getByTestId('problems').click();
  await check('problems');
});

test('nothing moves for those who asked for it', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await runLong(page);
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => {
          const { duration } = effect?.getComputedTiming() ?? {};
          return playState === 'running' && Number(duration) > 1;
        })
        .map((animation) =>
          animation instanceof CSSAnimation ? animation.animationName : 'other',
        ),
    );
  await runButton(page).click();
  await waitForStep(page, 1);
  await expect
    .poll(async () => (await moving()).length, { message: 'edges pulse' })
    .toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(runButton(page)).toHaveText('Pause');
  expect(await moving()).toEqual([]);
  // The camera jumps instead of gliding.
  const view = () => page.locator('.react-flow__viewport').getAttribute('style');
  const before = await view();
  await page.keyboard.press('+');
  const after = await view();
  expect(after).not.toBe(before);
  expect(await view()).toBe(after);
  await pause(page);
});

test('1024 pixels are enough to work', async ({ page }, info) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'jepa');
  const reachable = [
    runButton(page),
    page.getByTestId('engine'),
    page.getByRole('button', { name: 'Share', exact: true }),
    page.getByRole('button', { name: 'Export', exact: true }),
    page.getByRole('button', { name: 'Command menu' }),
    page.getByTestId('palette:encoder'),
    page.getByTestId('inspector'),
    page.getByTestId('problems'),
  ];
  for (const control of reachable) {
    await expect(control).toBeInViewport({ ratio: 0.5 });
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(1024);
  const canvas = await page.getByTestId('canvas').boundingBox();
  expect(canvas?.width).toBeGreaterThan(400);
  await page.getByTestId('palette:note').click();
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeEnabled();
  await info.attach('1024', { body: await page.screenshot(), contentType: 'image/png' });
});
