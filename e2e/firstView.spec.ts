import type { Locator, Page } from '@playwright/test';
import { nodeNamed, preferEngine, runButton, visitTemplate } from './fixtures/actions';
import { expect, test } from './fixtures/browser';

const map = (page: Page): Locator => page.getByTestId('graph-map');
const tools = (page: Page): Locator => page.getByTestId('dock');

async function heightOf(place: Locator): Promise<number> {
  return (await place.boundingBox())?.height ?? NaN;
}

/** The smallest words on the canvas, in pixels of the screen. */
function smallestText(page: Page): Promise<number> {
  return page.getByTestId('canvas').evaluate((canvas) => {
    const viewport = canvas.querySelector('.react-flow__viewport');
    const zoom = new DOMMatrix(viewport ? getComputedStyle(viewport).transform : '').a;
    const sizes = [...canvas.querySelectorAll('.react-flow__nodes *, .react-flow__edges text')]
      .filter((element) =>
        [...element.childNodes].some(
          (child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim() !== '',
        ),
      )
      .filter((element) => element.getClientRects().length > 0)
      .map((element) => parseFloat(getComputedStyle(element).fontSize) * zoom);
    return Math.min(...sizes);
  });
}

test.beforeEach(async ({ page }) => preferEngine(page, 'tfjs'));

test('a document opens so that it can be read', async ({ page }) => {
  await test.step('a long graph begins at its data, and has a map', async () => {
    await visitTemplate(page, 'h-jepa');
    await expect(nodeNamed(page, 'Moving dots')).toBeInViewport({ ratio: 1 });
    await expect(map(page)).toBeVisible();
    expect(await smallestText(page)).toBeGreaterThanOrEqual(10.9);
  });

  await test.step('as a whole it has fewer words, and none that are too small', async () => {
    await page.keyboard.press('f');
    await expect(map(page)).toHaveCount(0);
    expect(await smallestText(page)).toBeGreaterThanOrEqual(10.9);
  });

  await test.step('so it does on a small screen, with ports and shapes', async () => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await page.reload();
    await visitTemplateAgain(page, 'jepa-amortized');
    await expect(nodeNamed(page, 'Digits')).toBeInViewport({ ratio: 1 });
    expect(await smallestText(page)).toBeGreaterThanOrEqual(10.9);
    await expect(page.locator('.react-flow__edges text').first()).toBeVisible();
    await expect(page.locator('.react-flow__handle > svg').first()).toBeVisible();
  });
});

async function visitTemplateAgain(page: Page, slug: string): Promise<void> {
  await page.getByRole('button', { name: 'Templates', exact: true }).click();
  await page.getByTestId(`template-${slug}`).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('the map goes where it is clicked, follows a drag and zooms by the wheel', async ({
  page,
}) => {
  await visitTemplate(page, 'h-jepa');
  const box = await map(page).boundingBox();
  if (box === null) throw new Error('no map');
  const transform = () =>
    page
      .locator('.react-flow__viewport')
      .evaluate((viewport) => new DOMMatrix(getComputedStyle(viewport).transform).toJSON());
  const opened = await transform();
  await expect(nodeNamed(page, 'Moving dots')).toBeInViewport();

  await page.mouse.click(box.x + box.width - 8, box.y + box.height / 2);
  await expect(nodeNamed(page, 'Moving dots')).not.toBeInViewport();
  const clicked = await transform();
  expect(clicked.e).toBeLessThan(opened.e - 200);
  expect(clicked.a).toBe(opened.a);

  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 40, box.y + box.height / 2, { steps: 8 });
  const dragged = await transform();
  await page.mouse.up();
  expect(dragged.e).toBeGreaterThan(clicked.e + 200);
  // Where a drag ends is no click.
  expect(await transform()).toEqual(dragged);

  await page.mouse.wheel(0, -200);
  await expect(async () => expect((await transform()).a).toBeGreaterThan(opened.a * 1.2)).toPass();

  // Another button than the main one means something else.
  const zoomed = await transform();
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(box.x + 10, box.y + 10, { steps: 4 });
  await page.mouse.up({ button: 'right' });
  expect(await transform()).toEqual(zoomed);

  // It would hide what there is of the graph in a page that is magnified.
  await page.setViewportSize({ width: 683, height: 320 });
  await expect(nodeNamed(page, 'Moving dots')).toBeAttached();
  await expect(map(page)).toHaveCount(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(map(page)).toBeVisible();
});

test('the dock is folded until there is something in it', async ({ page }) => {
  await visitTemplate(page, 'parabola');
  await expect(map(page)).toHaveCount(0);
  expect(await heightOf(tools(page))).toBeLessThan(40);
  await expect(page.getByRole('tabpanel')).toHaveCount(0);

  await test.step('a tab opens it, and a button folds it', async () => {
    await page.getByRole('tab', { name: 'Runs' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Runs' })).toBeVisible();
    expect(await heightOf(tools(page))).toBeGreaterThan(200);
    await page.getByRole('button', { name: 'Fold the dock' }).click();
    await expect(page.getByRole('tabpanel')).toHaveCount(0);
    expect(await heightOf(tools(page))).toBeLessThan(40);
  });

  await test.step('a run of another document opens it, and a reload keeps it', async () => {
    await visitTemplateAgain(page, 'kmeans');
    await expect(page.getByRole('tabpanel')).toHaveCount(0);
    await runButton(page).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('tabpanel')).toBeVisible();
  });

  await test.step('settings that are rarely changed are folded, and stay as they were left', async () => {
    const rate = page.getByRole('textbox', { name: 'Evaluate every' });
    await expect(rate).toHaveCount(0);
    await page.getByText('Advanced', { exact: true }).click();
    await expect(rate).toBeVisible();
    await page.reload();
    await expect(rate).toBeVisible();
  });
});
