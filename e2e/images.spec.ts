import { graphNodes, openFile, preferEngine, visit } from './fixtures/actions';
import { imageDocuments } from '../tests/support/imageDocuments';
import { expect, test } from './fixtures/browser';
import { dropKind, pullLink } from './fixtures/drawing';
import { expectFall, metrics, runTo, verdict } from './fixtures/runs';

const DATA = /\/data\/mnist\.bin$/;

test('an autoencoder of convolutions is drawn and trained on MNIST, which is fetched for it', async ({
  page,
  context,
}) => {
  const fetched: string[] = [];
  context.on('request', (request) => {
    if (DATA.test(request.url())) fetched.push(request.url());
  });
  await preferEngine(page, 'tfjs');
  await page.goto('/');
  await page.getByRole('button', { name: 'Start from an empty canvas' }).click();
  await expect(graphNodes(page)).toHaveCount(0);
  expect(fetched).toEqual([]);

  // Its node shows some of them.
  const images = await dropKind(page, 'data.mnist', { x: 120, y: 260 });
  const encoder = await dropKind(page, 'module.conv', { x: 330, y: 200 });
  const decoder = await dropKind(page, 'module.deconv', { x: 540, y: 200 });
  const error = await dropKind(page, 'energy.squared', { x: 760, y: 300 });
  await pullLink(page, `output:${images}.x`, `input:${encoder}.in`);
  await pullLink(page, `output:${encoder}.out`, `input:${decoder}.in`);
  await pullLink(page, `output:${decoder}.out`, `input:${error}.a`);
  await pullLink(page, `output:${images}.x`, `input:${error}.b`);
  await expect(page.getByTestId('run')).toHaveAttribute('aria-disabled', 'false');
  await runTo(page, 60);
  expect(fetched.length).toBeGreaterThan(0);
  const curves = await metrics(page);
  expectFall(curves.get('Total'));
});

for (const [name, document] of Object.entries(imageDocuments('data.mnist'))) {
  test(`${name} trains on WebGPU and is judged`, async ({ page }) => {
    await preferEngine(page, 'webgpu');
    await visit(page);
    await openFile(page, { name: 'images.json', content: JSON.stringify(document) });
    await expect(graphNodes(page)).toHaveCount(document.nodes.length);
    await expect(page.getByTestId('problems')).not.toHaveAccessibleName(/error/);
    await runTo(page, 40);
    await expect(page.getByTestId('engine')).toContainText('WebGPU');
    await expect(verdict(page)).not.toHaveText('');
    const curves = await metrics(page);
    expectFall(curves.get('Total'));
  });
}
