import type { Page } from '@playwright/test';
import {
  graphEdges,
  graphNodes,
  nodeNamed,
  savedText,
  selectNode,
  visitTemplate,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { expectOneStep, focusCanvas } from './fixtures/drawing';

interface Graph {
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly group?: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly position: { readonly x: number; readonly y: number };
  }[];
  readonly groups: readonly { readonly id: string; readonly label: string }[];
}

/** What of a key press matters here; `KeyboardEventInit` holds a window, which is too deep a type to hand to a page. */
interface KeyPress {
  readonly key: string;
  readonly code?: string;
  readonly keyCode?: number;
  readonly ctrlKey?: boolean;
  readonly shiftKey?: boolean;
  readonly isComposing?: boolean;
}

const read = (text: string): Graph => JSON.parse(text) as Graph;

const selectedLabels = (page: Page): Promise<string[]> =>
  page
    .locator('.react-flow__node-graph.selected [data-label]')
    .allTextContents()
    .then((labels) => labels.sort());

/** Clicks beside the label: a double-click on that is for renaming. */
async function select(page: Page, ...labels: string[]): Promise<void> {
  await focusCanvas(page);
  for (const label of labels) {
    await nodeNamed(page, label).click({ modifiers: ['Control'], position: { x: 50, y: 20 } });
  }
  await expect(page.locator('.react-flow__node-graph.selected')).toHaveCount(labels.length);
}

test('gestures of experts, each one undo step', async ({ page, context }, info) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await visitTemplate(page, 'jepa');
  const field = page.getByTestId('canvas').getByRole('textbox', { name: /^Label of/ });

  await test.step('F2 renames on the canvas: Enter keeps, Escape leaves', async () => {
    await select(page, 'Predictor');
    const before = await savedText(page);
    await page.keyboard.press('F2');
    await expect(field).toBeFocused();
    await expect(field).toHaveValue('Predictor');
    await info.attach('renaming', { body: await page.screenshot(), contentType: 'image/png' });
    await page.keyboard.type('Nobody');
    await page.keyboard.press('Escape');
    await expect(field).toHaveCount(0);
    expect(await savedText(page)).toBe(before);
    await expect(page.locator('.react-flow__node.selected:focus')).toHaveCount(1);
    await expectOneStep(page, async () => {
      await page.keyboard.press('F2');
      await page.keyboard.type('Guess');
      await page.keyboard.press('Enter');
      await expect(nodeNamed(page, 'Guess')).toHaveCount(1);
    });
    await page.keyboard.press('Control+z');
  });

  await test.step('a double-click on a label renames, for groups too; leaving the field keeps it', async () => {
    await nodeNamed(page, 'Encoder x').locator('[data-label]').dblclick();
    await expect(field).toBeFocused();
    await page.keyboard.type('Eye');
    await focusCanvas(page);
    await expect(nodeNamed(page, 'Eye')).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(nodeNamed(page, 'Encoder x')).toHaveCount(1);

    await select(page, 'Encoder x', 'Encoder y');
    await page.keyboard.press('Control+g');
    const text = await expectOneStep(page, async () => {
      await page.keyboard.press('F2');
      await expect(field).toBeFocused();
      await page.keyboard.type('Twins');
      await page.keyboard.press('Enter');
      await expect(field).toHaveCount(0);
    });
    expect(read(text).groups).toMatchObject([{ label: 'Twins' }]);
    await page.keyboard.press('e');
    await expectOneStep(page, async () => {
      await page.keyboard.press('F2');
      await page.keyboard.type('Box');
      await page.keyboard.press('Enter');
      await expect(page.locator('.react-flow__node-box')).toContainText('Box');
    });
    for (let step = 0; step < 4; step++) await page.keyboard.press('Control+z');
    await expect(page.locator('.react-flow__node-frame')).toHaveCount(0);
  });

  await test.step('align and distribute', async () => {
    const places = (text: string, ...labels: string[]) =>
      labels.map((label) => read(text).nodes.find((node) => node.label === label)?.position);
    await select(page, 'Encoder x', 'Encoder y', 'Predictor');
    const aligned = await expectOneStep(page, () => page.keyboard.press('Shift+L'));
    const lefts = places(aligned, 'Encoder x', 'Encoder y', 'Predictor').map((place) => place?.x);
    expect(new Set(lefts).size).toBe(1);
    await page.keyboard.press('Control+z');
    const spread = await expectOneStep(page, () => page.keyboard.press('Shift+V'));
    const heights = places(spread, 'Encoder x', 'Encoder y', 'Predictor')
      .map((place) => place?.y ?? NaN)
      .sort((a, b) => a - b);
    const [first = NaN, between = NaN, last = NaN] = heights;
    // The outermost stay. Gaps are equal, and heights are so to within this.
    expect(Math.abs((first + last) / 2 - between)).toBeLessThan(16);
    await page.keyboard.press('Control+z');
  });

  await test.step('upstream, downstream, all that is connected', async () => {
    await select(page, 'Encoder x');
    await page.keyboard.press('u');
    expect(await selectedLabels(page)).toEqual(['Digits', 'Encoder x', 'Part of it']);
    await select(page, 'Encoder x');
    await page.keyboard.press('d');
    expect(await selectedLabels(page)).toContain('VICReg');
    expect(await selectedLabels(page)).not.toContain('Encoder y');
    await page.keyboard.press('l');
    await expect(page.locator('.react-flow__node-graph.selected')).toHaveCount(9);
  });

  await test.step('the inspector of several sets what they share for all', async () => {
    await select(page, 'Encoder x', 'Predictor');
    const inspector = page.getByTestId('inspector');
    await expect(inspector).toContainText('2 nodes');
    const role = inspector.getByRole('combobox', { name: 'Role', exact: true });
    await expect(role).toHaveText('mixed');
    const width = inspector.getByRole('textbox', { name: 'Output width', exact: true });
    await info.attach('several', { body: await page.screenshot(), contentType: 'image/png' });
    const text = await expectOneStep(page, async () => {
      await width.fill('24');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
    });
    const changed = read(text).nodes.filter(({ params }) => params['width'] === 24);
    expect(changed.map(({ label }) => label)).toEqual(['Encoder x', 'Predictor']);
    await page.keyboard.press('Control+z');
  });

  await test.step('what is pasted over a frame belongs to its group', async () => {
    await select(page, 'Encoder x', 'Encoder y');
    await page.keyboard.press('Control+g');
    const frame = page.locator('.react-flow__node-frame');
    await expect(frame).toHaveCount(1);
    await select(page, 'z');
    await page.keyboard.press('Control+c');
    await frame.hover({ position: { x: 12, y: 44 } });
    const text = await expectOneStep(page, async () => {
      await page.keyboard.press('Control+v');
      await expect(graphNodes(page)).toHaveCount(10);
    });
    const { nodes, groups } = read(text);
    expect(nodes.at(-1)).toMatchObject({ label: 'z 2', group: groups[0]?.id });
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
  });

  await test.step('the sheet begins with what the selection can be done with', async () => {
    await select(page, 'Encoder x');
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(sheet.getByRole('heading', { level: 3 }).first()).toHaveText(
      'With 1 node selected',
    );
    await expect(sheet).toContainText('Rename on the canvas');
    await info.attach('sheet', { body: await page.screenshot(), contentType: 'image/png' });
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
  });
});

test('Tab goes through the nodes, then through the edges, then on, and back', async ({ page }) => {
  await visitTemplate(page, 'parabola');
  const kindOf = () =>
    page.evaluate(() => {
      const { activeElement: active } = document;
      if (active?.matches('.react-flow__node')) return 'node';
      return active?.matches('.react-flow__edge') ? 'edge' : 'other';
    });
  const [nodes, edges] = [await graphNodes(page).count(), await graphEdges(page).count()];
  await graphNodes(page).first().focus();
  const walk: string[] = [await kindOf()];
  for (let press = 0; press < nodes + edges; press++) {
    await page.keyboard.press('Tab');
    walk.push(await kindOf());
  }
  expect(walk).toEqual([
    ...Array<string>(nodes).fill('node'),
    ...Array<string>(edges).fill('edge'),
    'other',
  ]);
  // On the buttons of the canvas, not at the top of the page.
  await expect(page.locator('.react-flow__panel :focus, .react-flow__panel:focus')).toHaveCount(1);
  await page.keyboard.press('Shift+Tab');
  expect(await kindOf()).toBe('node');
  for (let press = 0; press < edges; press++) await page.keyboard.press('Tab');
  await expect(page.locator('.react-flow__edge.selected:focus')).toHaveCount(1);
  for (let press = 0; press < edges; press++) await page.keyboard.press('Shift+Tab');
  expect(await kindOf()).toBe('node');
});

test('shortcuts on a Cyrillic keyboard, and none while an input method composes', async ({
  page,
}) => {
  await visitTemplate(page, 'parabola');
  /** A press as the browser tells it: Playwright has English keys only. */
  const press = (init: KeyPress, selector = 'body'): Promise<boolean> =>
    page.locator(selector).evaluate((element, given) => {
      const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...given });
      return !element.dispatchEvent(event);
    }, init);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+d');
  await expect(graphNodes(page)).toHaveCount(6);
  expect(await press({ key: 'я', code: 'KeyZ', ctrlKey: true })).toBe(true);
  await expect(graphNodes(page)).toHaveCount(3);
  await press({ key: 'Я', code: 'KeyZ', ctrlKey: true, shiftKey: true });
  await expect(graphNodes(page)).toHaveCount(6);
  // A German Z stands where the English Y is.
  await press({ key: 'z', code: 'KeyY', ctrlKey: true });
  await expect(graphNodes(page)).toHaveCount(3);

  // Enter that ends a word adds no node, ends no title and closes nothing.
  await page.keyboard.press('/');
  await expect(page.getByPlaceholder('Add a node…')).toBeFocused();
  for (const end of [{ isComposing: true }, { keyCode: 229 }]) {
    await press({ key: 'Enter', code: 'Enter', ...end }, '[cmdk-input]');
    await press({ key: 'Escape', code: 'Escape', ...end }, '[cmdk-input]');
  }
  await expect(page.getByPlaceholder('Add a node…')).toBeFocused();
  await expect(graphNodes(page)).toHaveCount(3);
  await page.keyboard.press('Escape');

  const title = page.getByLabel('Title of the document');
  await title.fill('かな');
  for (const key of ['Enter', 'Escape']) {
    await press({ key, code: key, isComposing: true }, '[aria-label="Title of the document"]');
  }
  await expect(title).toBeFocused();
  await expect(title).toHaveValue('かな');
  await page.keyboard.press('Enter');
  await expect(title).not.toBeFocused();
  await expect(title).toHaveValue('かな');

  await selectNode(page, 'f');
  await page.keyboard.press('F2');
  await page.keyboard.type('g');
  await press({ key: 'Enter', code: 'Enter', isComposing: true }, '[aria-label="Label of f"]');
  await expect(page.getByRole('textbox', { name: 'Label of f' })).toBeFocused();
});
