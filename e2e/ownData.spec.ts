import type { Locator, Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { PNG } from 'pngjs';
import {
  dropFile,
  graphNodes,
  nodeNamed,
  openFile,
  preferEngine,
  runButton,
  savedText,
  visit,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { addAxe, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { expectFall, metrics } from './fixtures/runs';

/** Three heaps of points, with the name of each: as a spreadsheet of another country writes it. */
function heaps(): string {
  const rows = Array.from({ length: 240 }, (_, row) => {
    const [heap, angle] = [row % 3, 2.4 * row];
    const spread = 0.2 + (row % 7) / 20;
    const x = 3 * heap + spread * Math.cos(angle);
    const y = (heap === 1 ? 4 : 0) + spread * Math.sin(angle);
    return `${x.toFixed(3)};${y.toFixed(3)};${['ash', 'oak', 'elm'][heap]}`.replaceAll('.', ',');
  });
  return `\uFEFFwidth;height;tree\r\n${rows.join('\r\n')}\r\n`;
}

/** The dialog that shows a file before it is used. */
function shown(page: Page, name: string): Locator {
  return page.getByRole('dialog', { name });
}

async function choose(page: Page, press: () => Promise<void>, name: string, content: string) {
  const asked = page.waitForEvent('filechooser');
  await press();
  const chooser = await asked;
  await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

test.beforeEach(async ({ page }) => preferEngine(page, 'tfjs'));

test('a table of three columns becomes a trained latent-variable model by mouse alone', async ({
  page,
}) => {
  await visitTemplate(page, 'kmeans');
  await nodeNamed(page, 'Points').getByText('Points', { exact: true }).click();
  const press = () => page.getByRole('button', { name: 'Use a file instead…' }).click();
  await choose(page, press, 'trees.csv', heaps());

  const dialog = shown(page, 'trees.csv');
  await expect(dialog).toContainText('240 rows × 3 columns');
  await expect(dialog.getByLabel('Between cells')).toHaveText(/Semicolon/);
  await expect(dialog.getByLabel('Decimals')).toHaveText(/Comma/);
  // The byte order mark is not in the name, and the reader of y reads y.
  await expect(dialog.getByRole('rowheader')).toHaveText(['width', 'height', 'tree']);
  await expect(dialog.getByLabel('Use of width')).toHaveText('y');
  await expect(dialog.getByLabel('Use of tree')).toHaveText('Label');
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  await expect(dialog).toHaveCount(0);

  await expect(page.getByTestId('inspector')).toContainText('trees.csv');
  await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error|warning/);
  await runButton(page).click();
  await waitForStep(page, 300);
  expectFall((await metrics(page)).get('Total'));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('inspector')).not.toContainText('trees.csv');
});

test('data is shown before it is used, kept by its hash, and asked for where it is missing', async ({
  page,
}) => {
  await addAxe(page);
  await visit(page);
  const mine = await savedText(page);
  const count = await graphNodes(page).count();

  await test.step('what is broken is named, and nothing is lost', async () => {
    const zip = Buffer.from(zipSync({ 'x.npy': new Uint8Array(100) }));
    const files: readonly (readonly [string, string | Buffer, RegExp])[] = [
      ['ragged.csv', 'a,b\n1,2\n3,4,5\n', /line 3: it has 3 cells where the first line has 2/],
      ['cut.npz', zip.subarray(0, -20), /“cut.npz” is cut or damaged/],
      ['other.npz', zip, /holds “x.npy”, which is no NumPy array/],
      ['empty.csv', '', /“empty.csv” is empty/],
    ];
    for (const [name, content, reason] of files) {
      await dropFile(page, { name, content });
      await expect(shown(page, name).getByRole('alert')).toContainText(reason);
      await expect(page.getByRole('button', { name: 'Use this data' })).toBeDisabled();
      await page.keyboard.press('Escape');
      await expect(shown(page, name)).toHaveCount(0);
    }
    expect(await savedText(page)).toBe(mine);
  });

  await test.step('how it is written can be corrected', async () => {
    await openFile(page, { name: 'ours.csv', content: 'a;b\n1;n\n2;m\n3;n\n' });
    const dialog = shown(page, 'ours.csv');
    await expect(dialog.getByRole('rowheader')).toHaveText(['a', 'b']);
    await expectAccessible(page, 'a table before it is used', '[role=dialog]');
    await dialog.getByLabel('Between cells').click();
    await page.getByRole('option', { name: 'Comma ,' }).click();
    await expect(dialog.getByRole('rowheader')).toHaveText(['a;b']);
    await dialog.getByLabel('Between cells').click();
    await page.getByRole('option', { name: 'Semicolon ;' }).click();
    await expect(dialog.getByRole('rowheader')).toHaveText(['a', 'b']);
    await dialog.getByLabel('Names in the first line').click();
    await expect(dialog.getByRole('rowheader')).toHaveText(['column 1', 'column 2']);
    await dialog.getByLabel('Names in the first line').click();
    await dialog.getByLabel('Put it').click();
    await page.getByRole('option', { name: 'As a new node' }).click();
    await dialog.getByRole('button', { name: 'Use this data' }).click();
    await expect(graphNodes(page)).toHaveCount(count + 1);
    await expect(nodeNamed(page, 'ours')).toHaveCount(1);
  });

  await test.step('what is kept is listed and can be removed', async () => {
    await page.getByRole('button', { name: 'Documents' }).click();
    await page.getByRole('menuitem', { name: 'Data in this browser…' }).click();
    const list = page.getByRole('dialog', { name: 'Data' });
    await expect(list.getByRole('listitem')).toHaveText([/ours\.csv.*3 rows × 2 columns/]);
    await list.getByRole('button', { name: 'Remove ours.csv from this browser' }).click();
    const question = page.getByRole('dialog', { name: 'Remove “ours.csv”?' });
    await expect(question).toContainText('The open document uses it');
    await question.getByRole('button', { name: 'Keep it' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await list.getByRole('button', { name: 'Remove ours.csv from this browser' }).click();
    await question.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(list).toContainText('No data is kept yet.');
    await page.keyboard.press('Escape');
  });

  await test.step('a node whose data is missing asks for the file and checks it', async () => {
    const text = await savedText(page);
    await expect(page.getByTestId('problems')).toHaveAccessibleName(/1 error/);
    const press = async () => {
      await page.getByTestId('problems').click();
      await page
        .getByRole('dialog', { name: 'Problems' })
        .getByRole('button', { name: 'Choose the file…' })
        .click();
    };
    await choose(page, press, 'others.csv', 'a;b\n1;n\n2;m\n4;n\n');
    const dialog = shown(page, 'others.csv');
    await expect(dialog).toContainText('is not the data that the document names: “ours.csv”');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await choose(page, press, 'ours.csv', 'a;b\n1;n\n2;m\n3;n\n');
    await expect(page.getByText('“ours.csv” is here again.')).toBeVisible();
    await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error/);
    expect(await savedText(page)).toBe(text);
  });
});

test('pictures are shown, brought to one size and used; what is none is named', async ({
  page,
}) => {
  await visitTemplate(page, 'bottleneck-autoencoder');
  const pictures = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `${index % 2 === 0 ? 'bars' : 'dots'}/${index}.png`,
      greyPng(8, (x, y) => (index % 2 === 0 ? 60 * (x % 4) : 20 * ((x * y + index) % 12))),
    ]),
  );
  const broken = { 'bars/broken.png': Uint8Array.of(1, 2, 3) };
  const zip = Buffer.from(zipSync({ ...pictures, ...broken }));
  await dropFile(page, { name: 'mine.zip', content: zip });
  const dialog = shown(page, 'mine');
  await expect(dialog).toContainText('21 pictures of 8 × 8 × 1');
  await expect(dialog).toContainText('Labels by folder: bars (11), dots (10).');
  await dialog.getByRole('button', { name: 'Use these pictures' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('“bars/broken.png” is no picture that can be read')).toBeVisible();
  await expect(nodeNamed(page, 'mine')).toHaveCount(1);
  await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error/);
  await expect(page.getByRole('img', { name: 'Samples of mine' }).first()).toBeVisible();
  await runButton(page).click();
  await waitForStep(page, 5);
});

test('points and digits are drawn by pointer and by keys, one step of undo a stroke', async ({
  page,
}) => {
  await addAxe(page);
  await visit(page);
  const drawn = async (): Promise<{ points?: string; digits?: string }> => {
    const { nodes } = JSON.parse(await savedText(page)) as {
      nodes: { kind: string; params: { points?: string; digits?: string } }[];
    };
    return nodes.find(({ kind }) => kind === 'data.draw')?.params ?? {};
  };
  await page.getByTestId('palette:data.draw').click();
  const pad = page.getByTestId('points-pad');
  await expect(pad).toBeVisible();
  await expectAccessible(page, 'a drawing', '[data-testid=inspector]');
  await page.getByRole('button', { name: 'Remove all points' }).click();
  expect((await drawn()).points).toBe('');

  /** A place on a pad, from its upper left corner. */
  const at = async (shownPad: Locator, x: number, y: number): Promise<[number, number]> => {
    await shownPad.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    const box = await shownPad.boundingBox();
    if (!box) throw new Error('the pad is not drawn');
    return [box.x + x * box.width, box.y + y * box.height];
  };
  await page.mouse.move(...(await at(pad, 0.25, 0.4)));
  await page.mouse.down();
  const end = await at(pad, 0.75, 0.4);
  await page.mouse.move(...end, { steps: 10 });
  await page.mouse.up();
  const stroke = (await drawn()).points ?? '';
  expect(stroke.length).toBeGreaterThanOrEqual(5 * 5);
  await page.getByRole('radio', { name: 'Class 3' }).check({ force: true });
  await page.mouse.click(...(await at(pad, 0.5, 0.6)));
  expect((await drawn()).points).toMatch(/2$/);

  // The keyboard goes on from the middle.
  await pad.focus();
  await page.keyboard.press('5');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Space');
  expect((await drawn()).points).toMatch(/4$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect((await drawn()).points).toMatch(/2$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect((await drawn()).points).toBe(stroke);

  await page.getByRole('combobox', { name: 'Draw', exact: true }).click();
  await page.getByRole('option', { name: 'Digits' }).click();
  const digit = page.getByTestId('digits-pad');
  for (const key of ['3', 'Space', 'ArrowDown', 'Space', 'Enter']) await digit.press(key);
  await page.mouse.click(...(await at(digit, 0.5, 0.5)));
  await page.getByRole('button', { name: 'Add the digit' }).click();
  expect((await drawn()).digits).toMatch(/^[0-9a-f]{64}3[0-9a-f]{64}3$/);
  const list = page.getByRole('list', { name: 'Drawn digits' }).getByRole('listitem');
  await expect(list).toHaveCount(2);

  // The list is one stop: arrows go along, and what is left is the next.
  const both = (await drawn()).digits ?? '';
  await page.getByRole('button', { name: 'Remove digit 1, a 3' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: 'Remove digit 2, a 3' })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(list).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Remove digit 1, a 3' })).toBeFocused();
  expect((await drawn()).digits).toBe(both.slice(0, 65));
  await page.keyboard.press('Enter');
  await expect(list).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect((await drawn()).digits).toBe(both);
});

/** A PNG of grey pixels. */
function greyPng(side: number, grey: (x: number, y: number) => number): Uint8Array {
  const png = new PNG({ width: side, height: side });
  for (let at = 0; at < side * side; at++) {
    png.data.fill(grey(at % side, Math.floor(at / side)), 4 * at, 4 * at + 3);
    png.data[4 * at + 3] = 255;
  }
  return new Uint8Array(PNG.sync.write(png));
}
