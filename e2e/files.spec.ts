import {
  command,
  dropFile,
  graphNodes,
  openFile,
  preferEngine,
  savedText,
  templateTitle,
  title,
  visitTemplate,
} from './fixtures/actions';
import { addAxe, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { exported, savedFigure } from './fixtures/figures';
import { openTab, runLong, runTo } from './fixtures/runs';

test.setTimeout(90_000);

/** The lines of the run, by the step that each is of. */
function linesOf(file: Buffer): ReadonlyMap<number, string> {
  const lines = file.toString().trimEnd().split('\n');
  return new Map(lines.map((line) => [(JSON.parse(line) as { step: number }).step, line]));
}

/** Width and height of a PNG, as its header has them. */
function sizeOf(png: Buffer): readonly [number, number] {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test('the canvas goes into a picture with its graph inside, and comes out of it', async ({
  page,
}, info) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'h-jepa');
  const before = await savedText(page);
  const png = await exported(page, 'Canvas as PNG');
  await info.attach('canvas', { body: png, contentType: 'image/png' });
  const [width, height] = sizeOf(png);
  // All of the graph at twice its size, also what does not fit on the screen.
  expect(Math.min(width / 3000, height / 1500)).toBeGreaterThan(1);

  const svg = (await exported(page, 'Canvas as SVG')).toString();
  const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  for (const word of [
    'Moving dots',
    'Encoder 2',
    'Rolled out 1',
    'Level 1: a frame at a time',
    'mask',
  ])
    expect(words).toContain(word);
  expect(svg).not.toMatch(/foreignObject|var\(--|class=/);
  const count = await page.evaluate((text) => {
    // The policy of the page holds for what a test reads there, too.
    const plain = text.replaceAll(' style="', ' data-style="').replace(/<style>.*?<\/style>/s, '');
    const drawing = new DOMParser().parseFromString(plain, 'image/svg+xml');
    return drawing.querySelector('parsererror') ? -1 : drawing.querySelectorAll('path').length;
  }, svg);
  expect(count).toBeGreaterThan(60);
  // The copy that was drawn is gone.
  await expect(page.locator('.react-flow')).toHaveCount(1);

  await command(page, 'New document');
  await expect(graphNodes(page)).toHaveCount(0);
  await dropFile(page, { name: 'level.png', content: png });
  await expect(title(page)).toHaveValue(templateTitle('h-jepa'));
  // Both are canonical JSON.
  expect(await savedText(page)).toBe(before);
});

test('weights go into a file, and a run goes on from it as if it had never stopped', async ({
  page,
}, info) => {
  await preferEngine(page, 'reference');
  await addAxe(page);
  await visitTemplate(page, 'parabola');
  await runLong(page);
  const rested = await runTo(page, 25);
  const weights = await exported(page, 'Save weights');
  const last = await runTo(page, rested + 25);
  const unbroken = linesOf(await exported(page, 'Metrics as JSON Lines'));
  expect(unbroken.size).toBe(last);

  await test.step('as they are where all of them fit', async () => {
    await dropFile(page, { name: 'mine.safetensors', content: weights });
    await expect(page.getByText(`The run goes on from step ${rested}.`)).toBeVisible();
    await runTo(page, rested + 25);
    const resumed = linesOf(await exported(page, 'Metrics as JSON Lines'));
    expect(resumed.has(rested)).toBe(false);
    for (let step = rested + 1; step <= rested + 25; step++)
      expect(resumed.get(step)).toBe(unbroken.get(step));
  });

  await test.step('what does not fit is told first, and the rest loaded when asked', async () => {
    const wider = JSON.parse(await savedText(page)) as {
      readonly nodes: readonly { readonly kind: string; readonly params: object }[];
    };
    const nodes = wider.nodes.map((node) =>
      node.kind === 'module.mlp' ? { ...node, params: { ...node.params, widths: [32, 24] } } : node,
    );
    await dropFile(page, { name: 'wider.json', content: JSON.stringify({ ...wider, nodes }) });
    await expect(page.getByText('Opened “wider.json”.')).toBeVisible();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const asked = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'Load weights…' }).click();
    await (await asked).setFiles({ name: 'mine.safetensors', mimeType: '', buffer: weights });
    const dialog = page.getByRole('dialog', { name: 'A part of these weights fits' });
    await expect(dialog).toContainText('Of another shape: stays as at the start');
    await expect(dialog).toContainText(templateTitle('parabola'));
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await info.attach('weights', { body: await page.screenshot(), contentType: 'image/png' });
    await expectAccessible(page, 'weights dialog');
    await dialog.getByRole('button', { name: 'Load what fits' }).click();
    await expect(page.getByText('The run goes on from step 0.')).toBeVisible();
    await dropFile(page, { name: 'mine.safetensors', content: weights });
    await dialog.getByRole('button', { name: 'Open their document' }).click();
    await expect(page.getByText(`The run goes on from step ${rested}.`).last()).toBeVisible();
  });

  await test.step('a file that is none is refused', async () => {
    await openFile(page, { name: 'none.safetensors', content: 'nothing of the kind' });
    const refused = page.getByRole('dialog', { name: 'This file cannot be opened' });
    await expect(refused).toContainText('The weights file cannot be read');
  });
});

test('what the panels show goes into pictures', async ({ page }, info) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'vicreg');
  await runTo(page, 60);
  for (const [tab, button, word] of [
    ['Training', 'Save the charts', 'Gradient norm'],
    ['Collapse', 'Save the diagnosis as a picture', 'Encoder A'],
    ['Embedding', 'Save the embedding as a picture', null],
    ['Runs', 'Save the curves as a picture', 'Total'],
  ] as const) {
    await test.step(tab, async () => {
      await openTab(page, tab);
      await expect(page.getByRole('button', { name: button, exact: true })).toBeVisible();
      const svg = (await savedFigure(page, button, 'SVG')).toString();
      expect(svg).toContain(`>${templateTitle('vicreg')}</text>`);
      if (word !== null) expect(svg).toMatch(new RegExp(`>[^<]*${word}[^<]*</text>`));
      if (tab === 'Collapse') {
        // The space before a second number is part of it; what is pressed to see something else is not.
        expect(svg).toContain('> ·</text>');
        expect(svg).toContain('>Over the run<');
        expect(svg).not.toContain('>Before and after<');
      }
      // Lines, not pixels of them.
      expect(svg.match(/<path /g)?.length ?? 0).toBeGreaterThan(10);
      const png = await savedFigure(page, button);
      expect(sizeOf(png)[0]).toBeGreaterThan(400);
      await info.attach(tab, { body: png, contentType: 'image/png' });
    });
  }
  expect(await graphNodes(page).count()).toBeGreaterThan(5);
});
