import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import {
  linkFragment,
  nodeNamed,
  preferEngine,
  runButton,
  templateText,
  visitTemplate,
} from './fixtures/actions';
import { addAxe, DOCK, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { savedFigure } from './fixtures/figures';
import { openTab, pause, runTo } from './fixtures/runs';

const { training: TRAINING } = JSON.parse(templateText('parabola')) as { training: object };

/** An energy over the plane, against the chains of a sampler. */
const CONTRASTED = {
  format: 'basin',
  version: 1,
  title: 'Contrasted',
  nodes: [
    ['points', 'data.points', 'Moons', { shape: 'moons' }],
    ['energy', 'energy.scalar', 'Energy', { widths: [16] }],
    ['walk', 'negative.langevin', 'Walk', { buffer: 512, steps: 5 }],
    ['loss', 'loss.nll', 'NLL', {}],
  ].map(([id, kind, label, params], index) => ({
    ...{ id, kind, label, params },
    position: { x: 240 * (index % 3), y: index === 2 ? 180 : 40 },
  })),
  edges: [
    ['points.y', 'energy.in'],
    ['points.y', 'walk.y'],
    ['energy.energy', 'loss.energy'],
    ['walk.negative', 'loss.negative'],
  ].map(([from = '', to = ''], index) => {
    const [source, sourcePort] = from.split('.');
    const [target, targetPort] = to.split('.');
    return { id: `edge${index}`, source, sourcePort, target, targetPort };
  }),
  groups: [],
  // No evaluation comes before the end: what is drawn earlier is seen between two steps.
  training: { ...TRAINING, steps: 3000, evaluateEvery: 3000 },
};

const chart = (page: Page): Locator => page.getByTestId('landscape');
const readout = (page: Page): Locator => page.getByTestId('landscape-readout');
const descent = (page: Page): Locator => page.getByTestId('descent');

/** Different colours along the middle line of what is drawn. */
async function coloursDrawn(page: Page): Promise<number> {
  return chart(page).evaluate((element) => {
    const canvas = element.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return 0;
    const { data } = context.getImageData(canvas.width / 4, 0, 1, canvas.height);
    const colours = new Set<string>();
    for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 4).join());
    return colours.size;
  });
}

/** What lies over the contours, as a picture. */
async function layersDrawn(page: Page): Promise<string> {
  return chart(page).evaluate(
    (element) => element.querySelectorAll('canvas')[1]?.toDataURL() ?? '',
  );
}

/** A place in the plot of a surface, in parts of its height from the top and of as much from the left. */
async function pointAt(
  page: Page,
  across: number,
  down: number,
): Promise<{ x: number; y: number }> {
  const box = await chart(page).boundingBox();
  if (!box) throw new Error('there is no landscape');
  return { x: 60 + across * (box.height - 60), y: 12 + down * (box.height - 60) };
}

async function saved(page: Page, name: string): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return download;
}

test('the landscape of x and y is drawn while it is trained, read, descended and saved', async ({
  page,
}, info) => {
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'parabola');
  const panel = await openTab(page, 'Landscape');
  await expect(chart(page)).toHaveAttribute('data-step', 'initial');
  await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(5);
  await runTo(page, 400);
  await expect(chart(page)).toHaveAttribute('data-step', /^([4-9]\d\d|\d{4,})$/);

  // Hovering tells coordinates and F.
  await expect(readout(page)).toHaveText('x–y–F–');
  await chart(page).hover({ position: await pointAt(page, 0.9, 0.3) });
  await expect(readout(page)).toHaveText(/^x−?[\d.]+y−?[\d.]+F[\d.]+(e−\d+)?$/);

  // A click descends, at the same x, to the line of least energy.
  await chart(page).click({ position: await pointAt(page, 0.9, 0.3) });
  await expect(descent(page)).toContainText(/F [\d.]+ → [\d.e−]+ in \d+ steps?, at a minimum/);
  await expect(panel.getByRole('button', { name: 'Way down' })).toBeVisible();

  // What is drawn can be taken away.
  const csv = readFileSync(await (await saved(page, 'Save the landscape as CSV')).path(), 'utf8');
  const lines = csv.trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + 64 * 64);
  expect(lines[0]).toBe('x,y,F');
  for (const line of lines.slice(1)) {
    expect(line.split(',').map(Number).every(Number.isFinite)).toBe(true);
  }
  const png = await savedFigure(page, 'Save the landscape as a picture');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(5000);

  // The keyboard alone moves a cursor, descends from it, and takes the way away.
  await chart(page).press('Escape');
  await expect(descent(page)).toBeEmpty();
  await chart(page).press('ArrowUp');
  await chart(page).press('Shift+ArrowRight');
  await expect(readout(page)).toHaveText(/^x[\d.−]+y[\d.−]+F[\d.]+(e−\d+)?$/);
  await chart(page).press('Enter');
  await expect(descent(page)).toContainText(/→/);

  // The density, with its temperature and what it is normalised over.
  await panel.page().getByRole('button', { name: 'Density', exact: true }).click();
  await expect(panel).toContainText('The sum is over y, for each x by itself');
  const beta = page.getByRole('textbox', { name: 'Inverse temperature β' });
  await beta.fill('50');
  await beta.press('Enter');
  await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(5);

  // Another range is asked for by hand.
  const from = page.getByRole('textbox', { name: 'x from' });
  await from.fill('-0.5');
  await from.press('Enter');
  await expect(page.getByRole('button', { name: 'Choose the range by the data' })).toBeEnabled();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await info.attach('landscape', { body: await page.screenshot(), contentType: 'image/png' });
  await expectAccessible(page, 'landscape', DOCK);
});

test('inference and contrast are seen on the nodes and over the landscape', async ({
  page,
}, info) => {
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'ellipse');
  const marginal = nodeNamed(page, 'z′');
  await expect(marginal).toContainText('looks at 48 values');
  const panel = await openTab(page, 'Landscape');
  await runTo(page, 60);

  // How far the energy falls over the steps of inference.
  const fall = nodeNamed(page, 'z').getByText(/^E [\d.e-]+ → [\d.e-]+$/);
  await expect(fall).toHaveAttribute('data-tip', /^8 steps, E [\d.e-]+ → [\d.e-]+: inference/);
  const [from = NaN, to = NaN] =
    ((await fall.textContent()) ?? '').match(/[\d.]\S*/g)?.map(Number) ?? [];
  expect(to).toBeLessThan(from);

  // From the marginal towards the minimum: F changes where it is looked at.
  const above = async (): Promise<string | null> => {
    await chart(page).blur();
    await chart(page).press('Shift+ArrowUp');
    return readout(page).textContent();
  };
  const before = await above();
  expect(before).toMatch(/^y₁.*y₂.*F[\d.]+$/);
  await panel.getByRole('slider', { name: 'β of z′' }).press('End');
  await expect.poll(above).not.toBe(before);

  // Which y goes with an angle: the picture above the contours changes, and nothing else.
  await expect(panel.getByRole('button', { name: 'ŷ for the chosen z' })).toBeVisible();
  await chart(page).blur();
  const marked = await layersDrawn(page);
  await panel.getByRole('slider', { name: 'z, for which ŷ is shown' }).press('PageUp');
  await expect.poll(() => layersDrawn(page)).not.toBe(marked);
  await info.attach('ellipse', { body: await page.screenshot(), contentType: 'image/png' });
  await expectAccessible(page, 'the temperature beside a landscape', DOCK);

  await page.goto(`/${linkFragment(JSON.stringify(CONTRASTED))}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
  await expect(nodeNamed(page, 'Walk')).toContainText('replaces y of Moons');
  await expect(nodeNamed(page, 'NLL')).toContainText('F(Energy) of y against ŷ sampled');
  await openTab(page, 'Landscape');
  const chains = panel.getByRole('button', { name: 'Contrastive points ŷ' });
  await runButton(page).click();
  await expect(chart(page)).toHaveAttribute('data-step', /^(?!3000$)[1-9]/);
  await expect(chains).toBeVisible();
  await pause(page);
  await info.attach('contrast', { body: await page.screenshot(), contentType: 'image/png' });
});

/** Chooses what is drawn in the list of the tab. */
async function draw(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'What is drawn' }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

test('a slice of y goes through digits, with gradients, a way down and pictures', async ({
  page,
}, info) => {
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'jepa');
  const panel = await openTab(page, 'Landscape');
  await expect(chart(page)).toHaveAccessibleName(
    'Energy over a: sample 1 → 2 and b: orthogonal, towards 3: Slice of y',
  );
  await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(5);
  await runTo(page, 100);
  await expect(chart(page)).toHaveAttribute('data-step', /^\d{2,}$/);
  const pictures = panel.getByTestId('landscape-pictures').getByRole('listitem');
  await expect(pictures).toHaveText(['Sample 1', 'Sample 2', 'Sample 3']);

  // The picture under the pointer, and the value there.
  await chart(page).hover({ position: await pointAt(page, 0.3, 0.3) });
  await expect(readout(page)).toHaveText(/^a−?[\d.]+b−?[\d.]+F[\d.]+(e−\d+)?$/);
  await expect(pictures).toHaveText(['Sample 1', 'Sample 2', 'Sample 3', 'Pointer']);
  await chart(page).click({ position: await pointAt(page, 0.3, 0.3) });
  await expect(descent(page)).toContainText(/F [\d.e−]+ → [\d.e−]+ in \d+ steps?/);
  await expect(pictures.filter({ hasText: 'Way down, end' })).toBeVisible();

  // Gradients are drawn when they are asked for.
  const arrows = panel.getByRole('button', { name: 'Gradients, −∇F' });
  await expect(arrows).toHaveAttribute('aria-pressed', 'false');
  const before = await layersDrawn(page);
  await arrows.click();
  await expect.poll(() => layersDrawn(page)).not.toBe(before);

  // Another sample, by its number; then others by lot, and a random direction.
  const second = panel.getByRole('textbox', { name: 'Held-out sample at a = 1' });
  await second.fill('12');
  await second.press('Enter');
  await expect(pictures.nth(1)).toHaveText('Sample 12');
  await panel.getByRole('button', { name: 'Draw other samples' }).click();
  await expect(pictures.first()).not.toHaveText('Sample 1');
  await panel.getByRole('combobox', { name: 'Direction of b' }).click();
  await page.getByRole('option', { name: 'at random' }).click();
  await expect(chart(page)).toHaveAccessibleName(/b: orthogonal, at random/);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await info.attach('slice of y', { body: await page.screenshot(), contentType: 'image/png' });
  await expectAccessible(page, 'slice of y', DOCK);
});

test('a slice of z shows how inference came there; the loss over weights comes coarse first', async ({
  page,
}, info) => {
  await preferEngine(page, 'tfjs');
  await addAxe(page);
  await visitTemplate(page, 'jepa');
  const panel = await openTab(page, 'Landscape');
  await runTo(page, 60);
  await draw(page, 'Slice of z');
  await expect(readout(page)).toHaveText('z₁–z₂–E–');
  await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(5);
  await expect(panel.getByRole('button', { name: 'Inference of the held sample' })).toBeVisible();
  await expect(panel.getByTestId('inference-path')).toHaveText(
    /^E [\d.]+ → [\d.]+ in 24 steps of inference of the held sample$/,
  );
  const component = panel.getByRole('textbox', { name: 'Number of z along the second axis' });
  await component.fill('4');
  await component.press('Enter');
  await expect(readout(page)).toHaveText('z₁–z₄–E–');
  await panel.getByRole('combobox', { name: 'Directions of z' }).click();
  await page.getByRole('option', { name: 'at random' }).click();
  await expect(readout(page)).toHaveText('a–b–E–');
  await info.attach('z', { body: await page.screenshot(), contentType: 'image/png' });
  await expectAccessible(page, 'slice of z', DOCK);

  await draw(page, 'Loss over weights');
  await expect(readout(page)).toHaveText('a–b–L–');
  await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(5);
  await expect(panel.getByRole('group', { name: 'What is shown' })).toHaveCount(0);
  await panel.getByRole('combobox', { name: 'Term of the objective' }).click();
  await page.getByRole('option', { name: 'VICReg', exact: true }).click();
  await expect(panel.getByRole('combobox', { name: 'Term of the objective' })).toHaveText('VICReg');
  const csv = readFileSync(await (await saved(page, 'Save the landscape as CSV')).path(), 'utf8');
  const lines = csv.trimEnd().split('\r\n');
  expect(lines[0]).toBe('a,b,L');
  expect(lines).toHaveLength(1 + 25 * 25);
  const png = await savedFigure(page, 'Save the landscape as a picture');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  await info.attach('weights', { body: await page.screenshot(), contentType: 'image/png' });
  await expectAccessible(page, 'loss over weights', DOCK);
});

test('a plane that a graph does not have says what it needs', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'langevin-nll');
  const panel = await openTab(page, 'Landscape');
  await expect(chart(page)).toBeVisible();
  await draw(page, 'Slice of z (none)');
  await expect(panel).toContainText('It needs a continuous latent of more than two numbers');
  await expect(chart(page)).toHaveCount(0);
  await draw(page, 'Loss over weights');
  await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(5);

  for (const slug of ['vicreg', 'masked-autoencoder']) {
    await page.getByRole('button', { name: 'Templates' }).click();
    await page.getByTestId(`template-${slug}`).click();
    await draw(page, 'Slice of y');
    await expect(chart(page)).toHaveAccessibleName(/sample 1 → 2/);
    await expect.poll(() => coloursDrawn(page)).toBeGreaterThan(5);
  }
});

test('a graph that makes images shows them beside those that it was given', async ({ page }) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'variational-autoencoder');
  await openTab(page, 'Landscape');
  const pictures = page.getByTestId('pictures');
  await expect(pictures).toHaveAttribute('data-step', 'initial');
  await expect(pictures).toHaveAccessibleName(
    /^12 held-out samples, a row for each of: Digits; Decoder$/,
  );
  await runTo(page, 60);
  await expect(pictures).toHaveAttribute('data-step', /^\d+$/);
  const png = await savedFigure(page, 'Save the pictures');
  expect(png.subarray(1, 4).toString()).toBe('PNG');

  await page.getByRole('button', { name: 'Templates' }).click();
  await page.getByTestId('template-hopfield').click();
  await expect(pictures).toHaveAccessibleName(/: Letters; Damaged; Recalled by E\(y\)$/);
});
