import type { Download, Page } from '@playwright/test';
import {
  command,
  decodeLink,
  graphEdges,
  graphNodes,
  nodeNamed,
  preferEngine,
  runButton,
  savedText,
  selectNode,
  title,
  visit,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';

/** Adds a kind of node through the search palette. It is selected and has the keyboard then. */
async function add(page: Page, kind: string): Promise<void> {
  const before = await graphNodes(page).count();
  await page.keyboard.press('/');
  await expect(page.getByPlaceholder('Add a node…')).toBeFocused();
  await page.keyboard.type(kind);
  await expect(page.getByRole('option', { selected: true })).toContainText(kind);
  await page.keyboard.press('Enter');
  await expect(graphNodes(page)).toHaveCount(before + 1);
  await expect(page.locator('.react-flow__node-graph:focus')).toHaveCount(1);
}

/** Connects a port of the selected node to a port by its name in the list. */
async function connect(page: Page, port: string, target: string): Promise<void> {
  const before = await graphEdges(page).count();
  await page.keyboard.press('c');
  const choose = async (question: RegExp, choice: string): Promise<void> => {
    const field = page.getByPlaceholder(question);
    await expect(field).toBeFocused();
    await page.keyboard.type(choice.replace(' · ', ' '));
    await expect(page.getByRole('option', { selected: true })).toContainText(choice);
    await page.keyboard.press('Enter');
    await expect(field).toHaveCount(0);
  };
  await choose(/^Which port of/, port);
  await choose(/^Connect “/, target);
  await expect(graphEdges(page)).toHaveCount(before + 1);
}

/** Presses Tab until something has the keyboard. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${selector}`);
}

test('the keyboard alone builds, wires, runs and shares a graph', async ({ page }, info) => {
  await preferEngine(page, 'tfjs');
  await page.goto('/');
  await expect(page.getByRole('dialog')).toBeFocused();
  await page.keyboard.press('Escape');
  await command(page, 'New document');
  await expect(graphNodes(page)).toHaveCount(0);

  await add(page, 'Points');
  // Enter leads to the inspector, Escape back.
  await page.keyboard.press('Enter');
  await tabTo(page, '#parameter-shape');
  await page.keyboard.press('Enter');
  // Letters before the list has the keyboard would go to the closed field, one by one.
  await expect(page.locator('[role="option"]:focus')).toHaveCount(1);
  await page.keyboard.type('para');
  await expect(page.getByRole('option', { name: 'Parabola' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#parameter-shape')).toHaveText('Parabola');
  await page.keyboard.press('Escape');
  await add(page, 'MLP');
  await connect(page, 'in', 'Parabola · x');
  await page.keyboard.press('Enter');
  await tabTo(page, '#parameter-width');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await add(page, 'Squared distance');
  await connect(page, 'a', 'Encoder · out');
  await connect(page, 'b', 'Parabola · y');
  await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error|warning/);

  const crowded = await savedText(page);
  await page.keyboard.press('Control+Shift+l');
  await expect.poll(() => savedText(page)).not.toBe(crowded);
  await info.attach('built', { body: await page.screenshot(), contentType: 'image/png' });

  await page.keyboard.press('Control+Enter');
  await waitForStep(page, 5);
  // A quick machine may be done already.
  if ((await runButton(page).textContent()) === 'Pause') await page.keyboard.press('Control+Enter');
  await expect(runButton(page)).toHaveText('Run on');

  await command(page, 'Share by link');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeFocused();
  await tabTo(page, 'button:has-text("Put into the address bar")');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#v2=/);
  expect(decodeLink(page.url())).toMatchObject({
    nodes: [{ kind: 'data.points' }, { kind: 'module.mlp' }, { kind: 'energy.squared' }],
    edges: [{}, {}, {}],
    claims: { engine: 'tfjs' },
  });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // All of it is taken back, step by step, and done again.
  const built = await savedText(page);
  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo(:|$)/ });
  while (await undo.isEnabled()) await page.keyboard.press('Control+z');
  await expect(graphNodes(page)).toHaveCount(0);
  const redo = page.getByRole('banner').getByRole('button', { name: /^Redo(:|$)/ });
  while (await redo.isEnabled()) await page.keyboard.press('Control+Shift+z');
  expect(await savedText(page)).toBe(built);
});

test('nodes are reached, moved, copied and deleted by keys', async ({ page }) => {
  await visitTemplate(page, 'parabola');
  const original = JSON.parse(await savedText(page));
  await tabTo(page, '.react-flow__node-graph');
  const selected = page.locator('.react-flow__node-graph.selected');
  await expect(selected).toHaveCount(1);
  const id = (await selected.getAttribute('data-id')) ?? '';
  const positionOf = async (nodeId: string) =>
    JSON.parse(await savedText(page)).nodes.find((node: { id: string }) => node.id === nodeId)
      .position;
  const start = await positionOf(id);
  for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowDown']) await page.keyboard.press(key);
  expect(await positionOf(id)).toEqual({ x: start.x + 16, y: start.y + 40 });

  await page.keyboard.press('Control+a');
  await expect(selected).toHaveCount(3);
  await page.keyboard.press('Control+d');
  await expect(graphNodes(page)).toHaveCount(6);
  await expect(selected).toHaveCount(3);
  await page.keyboard.press('Delete');
  await expect(graphNodes(page)).toHaveCount(3);
  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo(:|$)/ });
  while (await undo.isEnabled()) await page.keyboard.press('Control+z');
  expect(JSON.parse(await savedText(page))).toEqual(original);
});

test('the command menu and the sheet of shortcuts tell what there is', async ({ page }) => {
  await visit(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  for (const words of ['Undo', 'Run or pause', 'Command menu', 'Delete selection', 'Bypass']) {
    await expect(sheet).toContainText(words);
  }
  // What is behind the sheet is out of reach.
  const before = await savedText(page);
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  expect(await savedText(page)).toBe(before);

  await page.keyboard.press('Control+k');
  const menu = page.getByRole('dialog', { name: 'Command menu' });
  await page.keyboard.type('dark');
  await expect(menu.getByRole('option', { selected: true })).toContainText('Dark theme');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  // What cannot be done now says why.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('reproduce');
  await expect(menu.getByRole('option', { name: /Reproduce/ })).toContainText(
    'The document claims no results.',
  );
  await page.keyboard.press('Escape');
});

test('a held shortcut does its thing once, and undo and arrows go on', async ({ page }) => {
  await visitTemplate(page, 'parabola');
  const saved: Download[] = [];
  page.on('download', (file) => saved.push(file));
  await page.keyboard.down('Control');
  for (let repeat = 0; repeat < 5; repeat++) await page.keyboard.down('s');
  await page.keyboard.up('s');
  await page.keyboard.press('a');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await expect(graphNodes(page)).toHaveCount(9);
  for (let repeat = 0; repeat < 5; repeat++) await page.keyboard.down('z');
  await page.keyboard.up('z');
  await page.keyboard.up('Control');
  await expect(graphNodes(page)).toHaveCount(3);
  expect(saved).toHaveLength(1);
});

test('the palette is one stop, with arrows and letters inside', async ({ page }) => {
  await visitTemplate(page, 'parabola');
  const focused = page.locator(':focus');
  const field = page.getByRole('searchbox', { name: 'Search nodes' });
  const kinds = page.getByTestId('palette').getByRole('toolbar').getByRole('button');
  await field.focus();
  await page.keyboard.press('Tab');
  await expect(kinds.first()).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('toolbar').locator(':focus')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await expect(kinds.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(kinds.last()).toBeFocused();
  await expect(kinds.last()).toBeInViewport();
  // The next is where it was left.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(kinds.last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(kinds.first()).toBeFocused();

  // Letters search, those of shortcuts too: C would connect the selected node.
  await page.keyboard.type('cosine');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('cosine');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(kinds.first()).toHaveAttribute('data-testid', 'palette:energy.cosine');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('palette:energy.cosine')).toBeFocused();
  const before = await graphNodes(page).count();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(graphNodes(page)).toHaveCount(before + 2);
  await expect(focused).toHaveAttribute('data-testid', 'palette:energy.cosine');

  // By pointer the keyboard is for what was added.
  await page.getByTestId('palette:energy.cosine').click();
  await expect(page.locator('.react-flow__node-graph:focus')).toHaveCount(1);
});

test('text fields keep their own undo', async ({ page }) => {
  await visitTemplate(page, 'parabola');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+d');
  await expect(graphNodes(page)).toHaveCount(6);
  const field = page.getByRole('searchbox', { name: 'Search nodes' });
  await field.focus();
  await page.keyboard.type('mlp');
  await page.keyboard.press('Control+z');
  await expect(field).not.toHaveValue('mlp');
  await expect(graphNodes(page)).toHaveCount(6);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(graphNodes(page)).toHaveCount(6);

  await title(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.type('x');
  await page.keyboard.press('Control+z');
  await expect(title(page)).toHaveValue('Parabola');
  await expect(graphNodes(page)).toHaveCount(6);
  await page.keyboard.press('Escape');
  // Outside of them the same keys are the graph's.
  await expect(title(page)).not.toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(graphNodes(page)).toHaveCount(3);
});

test('a number counts once it is entered, and Escape gives it up', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo(:|$)/ });
  const batch = page.getByRole('textbox', { name: 'Batch size' });
  const type = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  };
  await batch.focus();
  await type('64');
  await page.keyboard.press('Escape');
  await expect(batch).toHaveValue('128');
  await expect(batch).toBeFocused();
  await type('64');
  await expect(undo).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect(undo).toBeEnabled();
  await type('6.5');
  await page.keyboard.press('Enter');
  await expect(batch).toHaveValue('6.5');
  await expect(page.getByRole('alert')).toHaveText('Enter a whole number.');
  await page.keyboard.press('Escape');
  await expect(batch).toHaveValue('64');

  // A shortcut takes over what is being typed, and so does leaving for another node.
  await type('32');
  await page.keyboard.press('Control+Enter');
  await waitForStep(page, 1);
  await expect(page.getByText('The batch size changed')).toHaveCount(0);
  await expect(batch).toHaveValue('32');
  await expect(batch).toBeFocused();
  await page.keyboard.press('Control+.');
  await selectNode(page, 'f');
  await page.locator('#parameter-width').fill('3');
  await nodeNamed(page, 'F(x, y)').click();
  await expect(page.getByTestId('inspector')).toContainText('Squared distance');
  expect(JSON.parse(await savedText(page))).toMatchObject({
    nodes: [{}, { id: 'predictor', params: { width: 3 } }, {}],
    training: { batchSize: 32 },
  });
});
