import {
  graphEdges,
  graphNodes,
  nodeNamed,
  preferEngine,
  runButton,
  savedText,
  selectNode,
  visitTemplate,
} from './fixtures/actions';
import { addAxe, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { runTo } from './fixtures/runs';

test.beforeEach(async ({ page }) => preferEngine(page, 'tfjs'));

for (const [slug, label] of [
  ['vicreg', 'Add VICReg on “Expander A” and “Expander B”'],
  ['jepa', 'Add VICReg on “Predictor” and “Encoder y”'],
] as const) {
  test(`${slug} without its guard is mended from the problem list`, async ({ page }) => {
    await addAxe(page);
    await visitTemplate(page, slug);
    const problems = page.getByTestId('problems');
    await expect(problems).toHaveText('No problems');
    await selectNode(page, 'VICReg');
    await page.keyboard.press('Delete');
    await expect(problems).toHaveAccessibleName(/1 warning/);
    const broken = await savedText(page);
    const [nodes, edges] = [await graphNodes(page).count(), await graphEdges(page).count()];

    await problems.click();
    await expectAccessible(page, 'the list of problems with a remedy');
    await page.getByRole('button', { name: label }).click();
    await expect(problems).toHaveText('No problems');
    await expect(nodeNamed(page, 'VICReg')).toBeInViewport({ ratio: 0.99 });
    await expect(graphNodes(page)).toHaveCount(nodes + 1);
    await expect(graphEdges(page)).toHaveCount(edges + 2);
    await expect(page.locator('.react-flow__node.selected')).toHaveText(/VICReg/);
    await runTo(page, 5);

    const mended = await savedText(page);
    await page.keyboard.press('Control+z');
    expect(await savedText(page)).toBe(broken);
    await expect(problems).toHaveAccessibleName(/1 warning/);
    await page.keyboard.press('Control+Shift+z');
    expect(await savedText(page)).toBe(mended);
  });
}

test('a weight of zero is mended in the inspector, by keyboard, and from the command menu', async ({
  page,
}) => {
  await visitTemplate(page, 'vicreg');
  const before = await savedText(page);
  await page.keyboard.press('f');
  await selectNode(page, 'VICReg');
  await page.getByRole('textbox', { name: 'Covariance weight ν', exact: true }).fill('0');
  await page.keyboard.press('Enter');
  const problems = page.getByTestId('problems');
  await expect(problems).toHaveAccessibleName(/1 warning/);

  await selectNode(page, 'Invariance');
  const remedy = page.getByRole('button', { name: 'Set covariance weight ν of “VICReg” to 1' });
  await remedy.focus();
  await page.keyboard.press('Enter');
  await expect(problems).toHaveText('No problems');
  await page.keyboard.press('Control+z');
  await expect(problems).toHaveAccessibleName(/1 warning/);

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('mend');
  await page.getByRole('option', { name: /^Mend the gravest problem/ }).click();
  await expect(problems).toHaveText('No problems');
  expect(await savedText(page)).toBe(before);
  await expect(runButton(page)).toBeEnabled();
});
