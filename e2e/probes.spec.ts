import { nodeNamed, openFile, preferEngine, templateText, visit } from './fixtures/actions';
import { addAxe, DOCK, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { openTab, runTo } from './fixtures/runs';

interface ProbedDocument {
  nodes: object[];
  edges: object[];
  training: Record<string, unknown>;
}

/** VICReg on digits, with a probe of each kind on its encoder or its input. */
function probedDocument(): ProbedDocument {
  const document = JSON.parse(templateText('vicreg')) as ProbedDocument;
  const probes = [
    ['linear', 'probe.linear', 'Linear probe', 'encoderA', 'out'],
    ['neighbours', 'probe.knn', 'kNN probe', 'encoderA', 'out'],
    ['pictures', 'probe.view', 'View', 'digits', 'x'],
    ['counts', 'probe.histogram', 'Histogram', 'encoderA', 'out'],
  ] as const;
  probes.forEach(([id, kind, label, source, sourcePort], index) => {
    const position = { x: 240 * index, y: 520 };
    document.nodes.push({ id, kind, label, position, params: {} });
    document.edges.push({ id: `to-${id}`, source, sourcePort, target: id, targetPort: 'in' });
  });
  document.training = { ...document.training, evaluateEvery: 20 };
  return document;
}

test.beforeEach(async ({ page }) => preferEngine(page, 'tfjs'));

test('probes show their numbers on the nodes and in their tab, beside what they are compared with', async ({
  page,
}) => {
  await addAxe(page);
  await visit(page);
  await openFile(page, { name: 'probed.json', content: JSON.stringify(probedDocument()) });
  const linear = nodeNamed(page, 'Linear probe');
  await expect(linear).toBeVisible();
  const panel = await openTab(page, 'Probes');
  await expect(panel).toContainText('No probe has been read yet');

  await test.step('a run reads them', async () => {
    await runTo(page, 200);
    await expect(linear).toContainText(/0\.\d+.*untrained 0\.\d+.*raw 0\.\d+/s);
    await expect(nodeNamed(page, 'kNN probe')).toContainText(/untrained 0\.\d+.*raw 0\.9\d*/s);
    const drawn = { name: /8 held-out samples of 8×8×1/ };
    await expect(nodeNamed(page, 'View').getByRole('img', drawn)).toBeVisible();
    await expect(
      nodeNamed(page, 'Histogram').getByRole('img', { name: /^Histograms of \d+ dimensions/ }),
    ).toBeVisible();
    await expect(panel.getByRole('row')).not.toHaveCount(0);
    await expect(panel.getByRole('table', { name: 'Confusion matrix' })).toBeVisible();
  });

  await test.step('one is asked how many labels it needs, and what is near what', async () => {
    await panel.getByRole('button', { name: /of labels$/ }).click();
    await expect(panel.getByTestId('efficiency').getByRole('row')).toHaveCount(4, {
      timeout: 60_000,
    });
    await panel.getByRole('button', { name: 'Show' }).click();
    await expect(panel.getByTestId('neighbours').getByRole('img')).toHaveCount(1 + 3 * 8, {
      timeout: 60_000,
    });
    await expectAccessible(page, 'the probes', DOCK);
  });
});
