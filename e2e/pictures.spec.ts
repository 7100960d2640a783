import type { Locator, Page } from '@playwright/test';
import {
  graphNodes,
  nodeNamed,
  openFile,
  preferEngine,
  runButton,
  selectNode,
  title,
  visit,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { countCalls } from './fixtures/callCounts';

const PAINT = 'src/editor/pictures/paintPicture.ts';

const pictureOn = (page: Page, nodeId: string): Locator =>
  page.getByTestId('canvas').locator(`[data-picture="${nodeId}"]`);
const drawn = (page: Page): Locator => page.locator('[data-picture][data-drawn="true"]');
const toggle = (page: Page): Locator => page.getByRole('button', { name: 'Pictures on nodes' });

/** Shades of grey or colours that a picture has. */
async function colours(picture: Locator): Promise<number> {
  return picture.evaluate((element: HTMLCanvasElement) => {
    const { width, height } = element;
    const data = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    const found = new Set<number>();
    for (let at = 0; at < data.length; at += 4) {
      found.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    }
    return found.size;
  });
}

const content = (picture: Locator): Promise<string> =>
  picture.evaluate((element: HTMLCanvasElement) => element.toDataURL());

/** Records which nodes the page asks its workers for pictures of. */
async function recordQuestions(page: Page): Promise<() => Promise<readonly string[][]>> {
  await page.addInitScript(() => {
    const asked: string[][] = [];
    Object.assign(window, { askedPictures: asked });
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
      const [{ path, argumentList } = {}] = message as [
        { path?: string[]; argumentList?: { value: { nodeIds: string[] } }[] }?,
      ];
      const ids = argumentList?.[0]?.value.nodeIds;
      if (path?.[0] === 'nodePictures' && ids) asked.push([...ids]);
      return Reflect.apply(send, this, message) as undefined;
    };
  });
  return () =>
    page.evaluate(() => (window as unknown as { askedPictures: string[][] }).askedPictures);
}

test('nodes show what they give, change and make, before a run and while it goes on', async ({
  page,
}) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'masked-autoencoder');

  await test.step('before anything has run', async () => {
    for (const id of ['digits', 'mask', 'decoder']) {
      await expect(pictureOn(page, id)).toHaveAttribute('data-drawn', 'true');
      await expect.poll(() => colours(pictureOn(page, id))).toBeGreaterThan(8);
    }
    await expect(page.getByRole('img', { name: 'Before and after Mask' })).toBeVisible();
  });

  await test.step('a setting of a view shows at once', async () => {
    const before = await content(pictureOn(page, 'mask'));
    await selectNode(page, 'Mask');
    const ratio = page.getByTestId('inspector').getByRole('textbox', { name: /Mask ratio/ });
    await ratio.fill('0.2');
    await ratio.press('Enter');
    await expect.poll(() => content(pictureOn(page, 'mask'))).not.toBe(before);
  });

  await test.step('large in the inspector', async () => {
    const large = page.getByTestId('inspector').locator('[data-picture="mask"]');
    await expect(large).toHaveAttribute('data-drawn', 'true');
    const [wide, small] = [await large.boundingBox(), await pictureOn(page, 'mask').boundingBox()];
    expect(wide?.width ?? 0).toBeGreaterThan(1.5 * (small?.width ?? Infinity));
  });

  await test.step('off and on, which moves no node and no port and is kept', async () => {
    const places = () =>
      page
        .locator('.react-flow__node')
        .evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).style.transform));
    const ports = () =>
      page.locator('.react-flow__handle').evaluateAll((all) =>
        all.map((handle) => {
          const { x, y } = handle.getBoundingClientRect();
          return [x, y];
        }),
      );
    const [placed, ported] = [await places(), await ports()];
    const height = async () => (await nodeNamed(page, 'Decoder').boundingBox())?.height ?? NaN;
    const high = await height();
    await expect(toggle(page)).toHaveAttribute('aria-pressed', 'true');
    await toggle(page).click();
    await expect(page.locator('[data-picture]')).toHaveCount(0);
    expect(await height()).toBeLessThan(high);
    expect(await places()).toEqual(placed);
    expect(await ports()).toEqual(ported);
    await page.reload();
    await expect(title(page)).toHaveValue('Masked autoencoder');
    await expect(toggle(page)).toHaveAttribute('aria-pressed', 'false');
    await expect(page.locator('[data-picture]')).toHaveCount(0);
    await toggle(page).click();
    await expect(pictureOn(page, 'decoder')).toHaveAttribute('data-drawn', 'true');
  });

  await test.step('live while it trains', async () => {
    const untrained = await content(pictureOn(page, 'decoder'));
    await runButton(page).click();
    await waitForStep(page, 50);
    await expect.poll(() => content(pictureOn(page, 'decoder'))).not.toBe(untrained);
    const early = await content(pictureOn(page, 'decoder'));
    await expect.poll(() => content(pictureOn(page, 'decoder'))).not.toBe(early);
    // What data gives stays.
    await expect(pictureOn(page, 'digits')).toHaveAttribute('data-drawn', 'true');
  });
});

/** Digits, and many views of them far from each other. */
function manyViews(count: number) {
  const view = (index: number) => ({
    ...{ id: `view${index}`, kind: 'view.noise', label: `View ${index}`, params: {} },
    position: { x: 400 + Math.floor(index / 8) * 420, y: (index % 8) * 260 },
  });
  const views = Array.from({ length: count }, (_, index) => view(index));
  return {
    ...{ format: 'basin', version: 1, title: 'Views', description: '', groups: [] },
    nodes: [
      { id: 'digits', kind: 'data.digits', label: 'Digits', params: {}, position: { x: 0, y: 0 } },
      ...views,
    ],
    edges: views.map(({ id }, index) => ({
      ...{ id: `edge${index}`, source: 'digits', sourcePort: 'x', target: id, targetPort: 'in' },
    })),
    training: {
      ...{ seed: 1, batchSize: 32, steps: 100, learningRate: 0.001, clipNorm: null },
      optimizer: { kind: 'sgd', momentum: 0 },
      schedule: { kind: 'constant', warmupSteps: 0, finalFraction: 0 },
      evaluateEvery: 50,
    },
  };
}

test('pictures of nodes off screen are neither asked for nor drawn', async ({ page }) => {
  const questions = await recordQuestions(page);
  await visit(page);
  const views = 80;
  await openFile(page, { name: 'views.json', content: JSON.stringify(manyViews(views)) });
  await expect(title(page)).toHaveValue('Views');
  await expect(graphNodes(page)).toHaveCount(views + 1);
  const canvas = page.getByTestId('canvas');

  await test.step('all in view, too small to see: none', async () => {
    await page.keyboard.press('f');
    await expect(canvas).toHaveAttribute('data-terse', 'true');
    await expect(drawn(page)).toHaveCount(0);
  });

  await test.step('nearer: those in view', async () => {
    const asked = (await questions()).length;
    const zoom = page.getByRole('button', { name: 'Zoom in' });
    const painted = await countCalls(page, [PAINT], async () => {
      for (let press = 0; press < 12; press++) await zoom.click();
      await expect(canvas).toHaveAttribute('data-terse', 'false');
      await expect.poll(() => drawn(page).count()).toBeGreaterThan(0);
    });
    expect(painted[PAINT]).toBeGreaterThan(0);
    await expect.poll(() => farFromView(page)).toEqual([]);
    expect(await drawn(page).count()).toBeLessThan(views / 2);
    const ids = new Set((await questions()).slice(asked).flat());
    expect(ids.size).toBeGreaterThan(0);
    expect(ids.size).toBeLessThan(views / 2);
  });

  await test.step('the camera moves without drawing those that stay in view', async () => {
    const box = await canvas.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 12, (box?.y ?? 0) + 12];
    const count = await drawn(page).count();
    const painted = await countCalls(page, [PAINT], async () => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 8, y + 4, { steps: 4 });
      await page.mouse.move(x, y, { steps: 4 });
      await page.mouse.up();
    });
    // Of those that come into view on the way at most.
    expect(painted[PAINT]).toBeLessThan(count / 2);
  });
});

/** Pictures that are drawn although nothing of them can be seen. */
async function farFromView(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect();
    return [...document.querySelectorAll<HTMLElement>('[data-picture][data-drawn="true"]')].flatMap(
      (picture) => {
        const { left, right, top, bottom } = picture.getBoundingClientRect();
        const isOff =
          !canvas ||
          right < canvas.left ||
          left > canvas.right ||
          bottom < canvas.top ||
          top > canvas.bottom;
        return isOff ? [picture.dataset['picture'] ?? ''] : [];
      },
    );
  });
}
