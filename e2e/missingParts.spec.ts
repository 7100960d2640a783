import type { Locator, Page } from '@playwright/test';
import {
  command,
  expectAlive,
  graphNodes,
  preferEngine,
  runButton,
  visit,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';

/** Parts of the page that come when they are wanted, and do not: the server was updated, or the connection stands still. */

test.use({ expectedErrors: [/Failed to load resource|NotLoadedError/] });

/** What is asked for by this name is missing on the server. */
async function takeAway(page: Page, name: string): Promise<void> {
  const files = new RegExp(`/assets/${name}-[^/]*\\.js$`);
  await page.route(files, (route) => route.fulfill({ status: 404, body: 'no such file' }));
}

/** The panel of landscapes is there. */
function landscape(page: Page): Locator {
  return page.getByTestId('dock').getByRole('application', { name: /^Energy over/ });
}

test('a part that is missing on the server is said where it would be, and the page goes on', async ({
  page,
}) => {
  await preferEngine(page, 'tfjs');
  await visit(page);

  await test.step('a panel', async () => {
    await takeAway(page, 'LandscapePanel');
    await page.getByRole('tab', { name: 'Landscape' }).click();
    const alert = page.getByTestId('dock').getByRole('alert');
    await expect(alert).toContainText('The tab “Landscape” could not be loaded');
    await expect(alert).toContainText('the server has a newer version of this page');
    await expect(alert.getByRole('button', { name: 'Reload' })).toBeVisible();
  });

  await test.step('a window, which can be closed', async () => {
    await takeAway(page, 'ShareDialog');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const window = page.getByRole('dialog');
    await expect(window).toContainText('This window could not be loaded');
    await window.getByRole('button', { name: 'Close' }).click();
    await expect(window).toHaveCount(0);
  });

  await test.step('what draws pictures', async () => {
    await takeAway(page, 'figureFile');
    await command(page, 'Save the canvas as SVG');
    await expect(page.getByText('What draws pictures could not be loaded.')).toBeVisible();
  });

  await test.step('the graph is there and trains', () => expectAlive(page));

  await test.step('reloading brings what the server has', async () => {
    await page.unrouteAll();
    await page.reload();
    await page.getByRole('tab', { name: 'Landscape' }).click();
    await expect(landscape(page)).toBeVisible();
  });
});

test('the templates are missing on a first visit', async ({ page }) => {
  await takeAway(page, 'templateFiles');
  await page.goto('/');
  const gallery = page.getByRole('dialog');
  await expect(gallery.getByRole('alert')).toContainText('The gallery could not be loaded');
  await page.unrouteAll();
  await gallery.getByRole('button', { name: 'Reload' }).click();
  await page.getByRole('button', { name: 'Template gallery' }).click();
  await expect(page.getByTestId('template-parabola')).toBeVisible();
});

test('all but the first view is missing', async ({ page }) => {
  const alert = page.getByRole('alert');
  await takeAway(page, 'next');
  await page.goto('/');
  await expect(alert).toContainText('Only the graph could be loaded.');
  await expect(graphNodes(page).first()).toBeVisible();
  await page.unrouteAll();
  await alert.getByRole('button', { name: 'Reload' }).click();
  await expect(runButton(page)).toBeEnabled();

  // Kinds of the document that somebody comes back to are in it.
  await takeAway(page, 'next');
  await page.reload();
  await expect(alert).toContainText('Basin could not be loaded');
  await expect(alert).toContainText('What you have made is kept in this browser.');
  await page.unrouteAll();
  await alert.getByRole('button', { name: 'Reload' }).click();
  await expect(runButton(page)).toBeEnabled();
  await expect(alert).toHaveCount(0);
});

test('a part that is long on its way is said, and is there however late it comes', async ({
  page,
}) => {
  await visit(page);
  const held: (() => void)[] = [];
  await page.route(/\/assets\/LandscapePanel-[^/]*\.js$/, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  const dock = page.getByTestId('dock');
  await page.getByRole('tab', { name: 'Landscape' }).click();
  await expect(dock.getByRole('status')).toHaveText('The tab “Landscape” is being loaded…');
  const alert = dock.getByRole('alert');
  await expect(alert).toContainText('Nothing has come for 30 s.', { timeout: 60_000 });
  await expect(runButton(page)).toBeEnabled();
  for (const release of held) release();
  await expect(landscape(page)).toBeVisible();
  await expect(alert).toHaveCount(0);
});
