import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import {
  expectAlive,
  fragmentOf,
  graphNodes,
  linkFragment,
  nodeNamed,
  openFile,
  preferEngine,
  runButton,
  savedText,
  stepOf,
  templateText,
  templateTitle,
  title,
  visit,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { expect, test } from './fixtures/browser';

const MEBIBYTE = 2 ** 20;

/** Raw DEFLATE of so many MiB of zeros: one block ending at a whole byte, many times over, and an empty last block. */
function bomb(mebibytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(MEBIBYTE), {
    level: 9,
    finishFlush: constants.Z_FULL_FLUSH,
  });
  return Buffer.concat([...Array<Buffer>(mebibytes).fill(block), deflateRawSync('')]);
}

function withVersion(version: number): string {
  return JSON.stringify({ ...JSON.parse(templateText('parabola')), version });
}

function manyNodes(count: number): string {
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    kind: 'module.linear',
    label: `Layer ${index}`,
    params: {},
    position: { x: (index % 80) * 200, y: Math.floor(index / 80) * 120 },
  }));
  return JSON.stringify({ ...JSON.parse(templateText('parabola')), nodes, edges: [] });
}

/** Bytes that look like nothing, the same at every run. */
function randomBytes(count: number): Buffer {
  let state = 0x2545f491;
  return Buffer.from(
    Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    }),
  );
}

/** Reads the refusal, closes it, and sees that nothing was touched. */
async function expectRefusal(page: Page, what: 'link' | 'file', reason: RegExp, before: string) {
  const dialog = page.getByRole('dialog', { name: `This ${what} cannot be opened` });
  await expect(dialog).toContainText(reason);
  await expect(dialog).toContainText('Your own document is as it was.');
  await dialog.getByRole('button', { name: 'Go on with my document' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await savedText(page)).toBe(before);
}

test('bad links are refused with a reason, and nothing is lost', async ({ page }) => {
  // The stream is what it is said to be.
  expect(inflateRawSync(bomb(3))).toHaveLength(3 * MEBIBYTE);
  const sound = linkFragment(templateText('parabola'));
  const links: readonly (readonly [string, RegExp])[] = [
    // The first of them in the address when the page loads, the others while it is open.
    [fragmentOf(bomb(180)), /unpacks to more than 4194304 bytes/],
    [fragmentOf(bomb(1024)), /has 1[0-9]{6} characters; at most 262144 are read/],
    [sound.slice(0, -20), /cut off/],
    [sound.slice(0, 60), /cut off/],
    [sound.replace(/.{5}$/, 'AAAAA'), /was changed on its way/],
    [sound.replace('#v2=', '#'), /does not begin with v2=/],
    ['#v2=', /link is empty/],
    [sound.replace('#v2=', '#v3='), /made by a newer Basin: its version is 3/],
    [linkFragment(withVersion(99)), /written by a newer Basin: its format is version 99/],
    [fragmentOf(randomBytes(500)), /cut off|was changed|is not JSON/],
    [linkFragment(randomBytes(500)), /was changed on its way|is not JSON/],
    [linkFragment('{"nodes": []}'), /not a Basin document/],
    [linkFragment(manyNodes(5000)), /has 5000 nodes; Basin opens at most 2000/],
  ];
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  const mine = await savedText(page);
  // Before the page is left: it is to come back as it was.
  await expect(page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();
  const address = page.url();
  for (const [index, [fragment, reason]] of links.entries()) {
    if (index === 0) {
      await page.goto('about:blank');
      await page.goto(`/${fragment}`);
    } else await page.evaluate((hash) => void (location.hash = hash), fragment);
    await expectRefusal(page, 'link', reason, mine);
    expect(page.url()).toBe(address);
  }
  await expectAlive(page);
});

test('bad files are refused with a reason, and nothing is lost', async ({ page }) => {
  const files: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['bytes.json', randomBytes(4096), /“bytes.json” is not JSON/],
    ['cut.json', templateText('jepa').slice(0, -100), /“cut.json” is not JSON/],
    [
      'points.parquet',
      'PAR1 and so on',
      /“points.parquet” is a Parquet table.*save it as one of them/,
    ],
    ['package.json', '{"name": "other", "version": "1.0.0"}', /not a Basin document/],
    ['list.json', '[1, 2, 3]', /not a Basin document/],
    ['newer.json', withVersion(99), /written by a newer Basin: its format is version 99/],
    ['huge.json', manyNodes(5000), /has 5000 nodes; Basin opens at most 2000/],
    ['empty.json', '', /“empty.json” is (empty|not JSON)/],
  ];
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  const mine = await savedText(page);
  for (const [name, content, reason] of files) {
    await openFile(page, { name, content });
    await expectRefusal(page, 'file', reason, mine);
  }
  await expectAlive(page);
});

test('a damaged document is repaired and says how', async ({ page }) => {
  const document = JSON.parse(templateText('parabola'));
  const [points, predictor, energy] = document.nodes;
  const damaged = {
    ...document,
    nodes: [
      points,
      { ...predictor, position: 'somewhere' },
      { ...energy, params: { ...energy.params, weight: 'heavy' } },
      'rubble',
    ],
    edges: [
      ...document.edges,
      { id: 'dangling', source: 'nobody', sourcePort: 'x', target: 'energy', targetPort: 'b' },
    ],
  };
  await visit(page);
  const mine = await savedText(page);
  await openFile(page, { name: 'damaged.json', content: JSON.stringify(damaged) });
  const dialog = page.getByRole('dialog', { name: templateTitle('parabola') });
  await expect(dialog).toContainText('have been repaired or left out');
  await expect(dialog).toContainText(/starts at a node that is not in the document .*“?nobody/);
  await expect(dialog).toContainText(/Node 4 was .* where a node was expected/);
  await expect(dialog).toContainText(/position/);
  await expect(dialog).toContainText(/weight/i);
  await dialog.getByRole('button', { name: 'Do not open' }).click();
  expect(await savedText(page)).toBe(mine);

  await openFile(page, { name: 'damaged.json', content: JSON.stringify(damaged) });
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(title(page)).toHaveValue(templateTitle('parabola'));
  await expect(graphNodes(page)).toHaveCount(3);
  const opened = JSON.parse(await savedText(page));
  expect(opened.edges).toEqual(document.edges);
  // A parameter that its kind does not accept stays for the user to see: the node says so, and the run waits.
  await expect(page.getByTestId('problems')).toHaveAccessibleName(/1 error/);
  await runButton(page).hover();
  await expect(page.getByRole('tooltip')).toContainText('Cannot run');
  await page.getByTestId('problems').click();
  await page.getByRole('button', { name: /Go to F\(x, y\)/ }).click();
  await page.getByRole('button', { name: 'Reset Weight to its default' }).click();
  await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error/);
  await expectAlive(page);
});

test('a node of an unknown kind is kept and named', async ({ page }) => {
  const document = JSON.parse(templateText('parabola'));
  const unknown = {
    id: 'crystal',
    kind: 'energy.crystal',
    label: 'Crystal',
    params: { facets: 12 },
    position: { x: 560, y: 320 },
  };
  await visit(page);
  const content = JSON.stringify({ ...document, nodes: [...document.nodes, unknown] });
  await openFile(page, { name: 'crystal.json', content });
  await expect(nodeNamed(page, 'Crystal')).toBeVisible();
  await expect(page.getByTestId('problems')).toHaveAccessibleName(/1 error/);
  await page.getByTestId('problems').click();
  const problem = page.getByRole('button', { name: /Go to Crystal/ });
  await expect(problem).toContainText('energy.crystal');
  await problem.click();
  expect(JSON.parse(await savedText(page)).nodes).toContainEqual(unknown);
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error/);
  await expectAlive(page);
});

test.describe('data that cannot be fetched', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test('is said where it matters, and trying again works', async ({ page, context }) => {
    await context.route('**/data/digits.bin', (route) => route.abort());
    await preferEngine(page, 'tfjs');
    await visitTemplate(page, 'vicreg');
    const mine = await savedText(page);
    await runButton(page).click();
    const message = page.getByRole('alert').filter({ hasText: 'could not be used' });
    await expect(message).toContainText('digits.bin could not be fetched', { timeout: 60_000 });
    await expect(runButton(page)).toHaveText('Try again');
    expect(await stepOf(page)).toBe(0);
    expect(await savedText(page)).toBe(mine);

    await context.unroute('**/data/digits.bin');
    await runButton(page).click();
    await waitForStep(page, 1);
    await expect(message).toHaveCount(0);
  });
});

test('a full disk is said, and the work goes on', async ({ page }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...input) {
      if (Reflect.get(globalThis, 'diskIsFull') === true)
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      return put.apply(this, input);
    };
  });
  const setFull = (full: boolean) =>
    page.evaluate((value) => void Reflect.set(globalThis, 'diskIsFull', value), full);
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'parabola');
  await setFull(true);
  await title(page).fill('Too much');
  await title(page).press('Enter');
  const message = page.getByRole('alert').filter({ hasText: 'no room left' });
  await expect(message).toContainText('the last changes are not saved');
  await expect(page.getByRole('img', { name: /^Not saved/ })).toBeVisible();
  await expectAlive(page);

  // The way out that is offered, and the way back.
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    message.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Too-much.json');
  await setFull(false);
  await message.getByRole('button', { name: 'Try again' }).click();
  await expect(message).toHaveCount(0);
  await expect(page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();
  await page.reload();
  await expect(title(page)).toHaveValue('Too much');
});
