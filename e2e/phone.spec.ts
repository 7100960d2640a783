import type { CDPSession, Locator, Page } from '@playwright/test';
import {
  graphEdges,
  graphNodes,
  nodeNamed,
  preferEngine,
  runButton,
  stepOf,
  templateTitle,
  title,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { addAxe, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { pause } from './fixtures/runs';

/** Sizes of the least target that a finger finds: WCAG 2.5.5. */
const FINGER = 44;

/** Milliseconds after which a finger that moved counts as one that rests. */
const REST = 150;

/** What fingers do, as the browser is told of it. */
async function fingers(page: Page) {
  const client: CDPSession = await page.context().newCDPSession(page);
  type Points = readonly { readonly x: number; readonly y: number }[];
  const send = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    points: Points = [],
  ): Promise<unknown> =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map((point, id) => ({ ...point, id })),
    });
  return {
    press: (at: Points[number]) => send('touchStart', [at]),
    lift: () => send('touchEnd'),
    /** All fingers go from where they are to where they go, in some steps. */
    async draw(from: Points, to: Points): Promise<void> {
      await send('touchStart', from);
      for (let step = 1; step <= 6; step++) {
        const part = step / 6;
        await send(
          'touchMove',
          from.map(({ x, y }, finger) => ({
            x: x + ((to[finger]?.x ?? x) - x) * part,
            y: y + ((to[finger]?.y ?? y) - y) * part,
          })),
        );
      }
      // They rest before they are lifted: else the page is thrown, and the next tap only stops it.
      await page.waitForTimeout(REST);
      await send('touchMove', to);
      await send('touchEnd');
    },
  };
}

async function middle(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  return {
    x: (box?.x ?? NaN) + (box?.width ?? 0) / 2,
    y: (box?.y ?? NaN) + (box?.height ?? 0) / 2,
  };
}

const view = (page: Page, name: 'Graph' | 'Curves' | 'Diagnosis' | 'Guide'): Locator =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name });

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).tap();
  await page.getByRole('menuitem', { name: item, exact: true }).tap();
}

const width = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth);

test.use({ hasTouch: true, isMobile: true });

test.describe('a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('looks, runs, moves live values, and reproduces what is shared', async ({ page }, info) => {
    const check = async (place: string): Promise<void> => {
      await info.attach(place, { body: await page.screenshot(), contentType: 'image/png' });
      await expectAccessible(page, place);
      expect(await width(page), place).toBe(390);
    };
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await preferEngine(page, 'tfjs');
    await addAxe(page);
    await visitTemplate(page, 'parabola');
    const sheet = page.getByTestId('sheet');
    const finger = await fingers(page);

    await test.step('one finger moves the graph, two make it larger', async () => {
      const node = nodeNamed(page, 'f');
      const place = async (): Promise<number> => (await node.boundingBox())?.x ?? NaN;
      const size = async (): Promise<number> => (await node.boundingBox())?.width ?? NaN;
      const before = await place();
      await finger.draw([{ x: 60, y: 560 }], [{ x: 120, y: 560 }]);
      await expect.poll(place).toBeGreaterThan(before + 30);
      const small = await size();
      await finger.draw(
        [
          { x: 150, y: 400 },
          { x: 240, y: 400 },
        ],
        [
          { x: 90, y: 400 },
          { x: 300, y: 400 },
        ],
      );
      await expect.poll(size).toBeGreaterThan(small * 1.2);
      expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1);
      await page.getByRole('button', { name: /^Fit/ }).tap();
    });

    await test.step('it says why nothing is drawn', async () => {
      await expect(title(page)).toHaveAttribute('readonly');
      await page.getByTestId('view-only').tap();
      await expect(page.getByText('widen the window to 640 pixels')).toBeVisible();
      await page.keyboard.press('Escape');
      const count = await graphNodes(page).count();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await page.keyboard.press('/');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(graphNodes(page)).toHaveCount(count);
      await sheet.getByRole('button', { name: 'Select nothing' }).tap();
      await check('graph');
    });

    await test.step('what is tapped is in the sheet', async () => {
      await nodeNamed(page, 'f').tap();
      await expect(sheet.getByRole('button', { name: 'f', exact: true })).toHaveAttribute(
        'aria-expanded',
        'true',
      );
      await expect(sheet.getByText('Parameters')).toBeVisible();
      await check('sheet');
      // Pulled down by its head.
      const head = await middle(sheet.getByRole('button', { name: 'f', exact: true }));
      await finger.draw([head], [{ x: head.x, y: head.y + 120 }]);
      await expect(sheet.getByTestId('inspector')).toBeHidden();
      const close = sheet.getByRole('button', { name: 'Select nothing' });
      await close.tap();
      await view(page, 'Guide').tap();
      await expect(page.getByTestId('guide')).toBeVisible();
      await check('guide');
    });

    await test.step('a run is started and watched', async () => {
      await runButton(page).tap();
      await view(page, 'Curves').tap();
      const charts = page.getByRole('tabpanel', { name: 'Training' }).locator('canvas');
      await expect(charts.first()).toBeVisible();
      await waitForStep(page, 20);
      await pause(page);
      await check('curves');
      await view(page, 'Diagnosis').tap();
      await expect(page.getByRole('tabpanel', { name: 'Collapse' })).toBeVisible();
      await check('diagnosis');
    });

    await test.step('every other tab, menu and the gallery fit', async () => {
      const tabs = page.getByTestId('dock').getByRole('tab');
      // Training and Collapse are looked at above.
      for (const tab of (await tabs.all()).slice(2)) {
        await tab.tap();
        await expect(tab).toHaveAttribute('aria-selected', 'true');
        await check(await tab.innerText());
      }
      await page.getByRole('button', { name: 'All tabs' }).tap();
      await check('all tabs');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'More', exact: true }).tap();
      await check('more');
      await page.getByRole('menuitem', { name: 'Templates', exact: true }).tap();
      await expect(page.getByRole('dialog', { name: 'Templates' })).toBeVisible();
      await check('gallery');
      await page.keyboard.press('Escape');
      await view(page, 'Graph').tap();
    });

    const link =
      await test.step('live values move; what cannot be repeated is run again', async () => {
        await sheet.getByRole('button', { name: 'Document and training' }).tap();
        await expect(
          sheet.getByRole('textbox', { name: 'Batch size', exact: true }),
        ).toBeDisabled();
        const rate = sheet.getByRole('textbox', { name: 'Learning rate', exact: true });
        await rate.fill('0.013');
        await page.keyboard.press('Enter');
        await choose(page, 'Share');
        const dialog = page.getByRole('dialog', { name: 'Share' });
        await expect(dialog).toContainText('Something was changed while it ran');
        await check('share');
        await dialog.getByRole('button', { name: 'Reset, run again, and share' }).tap();
        const include = dialog.getByRole('checkbox', { name: /Include the results/ });
        await expect(include).toBeChecked({ timeout: 90_000 });
        await expect(dialog).toContainText('healthy');
        return page.getByTestId('share-link').inputValue();
      });
    const steps = await stepOf(page);

    await test.step('a shared link is opened and reproduced', async () => {
      await page.goto('about:blank');
      await page.goto(link);
      const incoming = page.getByRole('dialog', { name: templateTitle('parabola') });
      const first = incoming.getByRole('button', { name: 'Open and reproduce' });
      await expect(first).toHaveAttribute('data-kind', 'primary');
      await check('incoming');
      await first.tap();
      await expect(page.getByText('The results hold on this machine.')).toBeVisible({
        timeout: 90_000,
      });
      expect(await stepOf(page)).toBe(steps);
      await check('reproduced');
    });

    await test.step('claims stay in the document', async () => {
      await page.getByRole('button', { name: 'Dismiss' }).tap();
      await expect(page.getByText('The results hold on this machine.')).toBeHidden();
      await sheet.getByRole('button', { name: 'Document and training' }).tap();
      await expect(sheet.getByTestId('claims')).toContainText(`after ${steps} steps`);
      await expect(sheet.getByText('Run here, they hold.')).toBeVisible();
      await sheet.getByRole('button', { name: 'Show the comparison' }).tap();
      await expect(page.getByRole('status').getByText('The results hold')).toBeVisible();
    });
  });
});

test.describe('a tablet', () => {
  test.use({ viewport: { width: 768, height: 1024 } });

  test('draws by touch', async ({ page }, info) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Start from an empty canvas' }).tap();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const finger = await fingers(page);

    const drawer = page.getByRole('button', { name: 'Nodes to add' });
    await drawer.tap();
    await page.getByTestId('palette:data.points').tap();
    await page.getByTestId('palette:module.mlp').tap();
    await expect(graphNodes(page)).toHaveCount(2);
    // Said to who does not see the canvas.
    const said = page.getByRole('navigation', { name: 'Palette' }).getByRole('status');
    await expect(said).toHaveText(/^Added: “.+”\. The graph has 2 nodes\.$/);
    await drawer.tap();
    await expect(page.getByTestId('palette')).toHaveCount(0);

    await test.step('a node is moved by a finger', async () => {
      const node = graphNodes(page).last();
      const before = await middle(node);
      await finger.draw([before], [{ x: before.x + 180, y: before.y + 160 }]);
      await expect.poll(async () => (await middle(node)).y).toBeGreaterThan(before.y + 100);
      await expect(page.getByRole('button', { name: /^Undo: move/ })).toBeEnabled();
    });

    await test.step('a link is pulled from port to port', async () => {
      const port = (name: RegExp): Promise<{ x: number; y: number }> =>
        middle(page.getByTestId(name).first());
      await finger.draw([await port(/^output:.*\.[xy]$/)], [await port(/^input:.*\.in$/)]);
      await expect(graphEdges(page)).toHaveCount(1);
      await page.getByRole('button', { name: /^Undo/ }).tap();
      await expect(graphEdges(page)).toHaveCount(0);
      await page.getByRole('button', { name: /^Redo/ }).tap();
      await expect(graphEdges(page)).toHaveCount(1);
    });

    await test.step('a long press opens the menu of what is under it', async () => {
      const node = graphNodes(page).last();
      await finger.press(await middle(node));
      const menu = page.getByRole('menu');
      await expect(menu).toBeVisible();
      await finger.lift();
      await expect(node).toHaveClass(/selected/);
      await menu.getByRole('menuitem', { name: /^Delete/ }).tap();
      await expect(graphNodes(page)).toHaveCount(1);
      await page.getByRole('button', { name: /^Undo/ }).tap();
      await expect(graphNodes(page)).toHaveCount(2);
    });

    await test.step('targets are as large as a finger', async () => {
      const bars = page.locator('header button, nav button, [data-testid="sheet"] button');
      for (const target of await bars.all()) {
        if (!(await target.isVisible())) continue;
        const box = await target.boundingBox();
        const name = await target.textContent();
        expect(box?.width, `${name}: width`).toBeGreaterThanOrEqual(FINGER);
        expect(box?.height, `${name}: height`).toBeGreaterThanOrEqual(FINGER);
      }
      expect(await width(page)).toBe(768);
      await info.attach('768', { body: await page.screenshot(), contentType: 'image/png' });
    });
  });
});

test.describe('a laptop at 150 %', () => {
  test.use({ viewport: { width: 911, height: 467 }, hasTouch: false, isMobile: false });

  test('keeps room for the canvas, also while it runs', async ({ page }, info) => {
    await preferEngine(page, 'tfjs');
    await visitTemplate(page, 'parabola');
    await runButton(page).click();
    await waitForStep(page, 1);
    const canvas = await page.getByTestId('canvas').boundingBox();
    expect(canvas?.height).toBeGreaterThan(240);
    await expect(title(page)).not.toHaveAttribute('readonly');
    await info.attach('150 %', { body: await page.screenshot(), contentType: 'image/png' });
    expect(await width(page)).toBe(911);
    await pause(page);
  });
});
