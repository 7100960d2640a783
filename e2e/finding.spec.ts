import type { Locator, Page } from '@playwright/test';
import {
  graphNodes,
  nodeNamed,
  preferEngine,
  runButton,
  savedText,
  templateTitle,
  title,
  visitTemplate,
  waitForStep,
} from './fixtures/actions';
import { addAxe, expectAccessible } from './fixtures/axe';
import { expect, test } from './fixtures/browser';
import { dropKind, expectOneStep } from './fixtures/drawing';

interface Saved {
  readonly nodes: readonly { readonly id: string; readonly kind: string; readonly label: string }[];
}

const nodesOf = (text: string): Saved['nodes'] => (JSON.parse(text) as Saved).nodes;

test('roles stand in the palette, and search knows synonyms, methods and papers', async ({
  page,
}) => {
  await visitTemplate(page, 'parabola');
  const palette = page.getByTestId('palette');
  const field = palette.getByRole('searchbox', { name: 'Search nodes' });

  await test.step('a role is dragged onto the canvas', async () => {
    await expect(palette.getByRole('group', { name: 'Modules' }).getByRole('button')).toContainText(
      ['Encoder', 'Predictor', 'Decoder', 'Expander'],
    );
    const changed = await expectOneStep(page, async () => {
      await dropKind(page, 'predictor', { x: 300, y: 420 });
    });
    expect(nodesOf(changed).at(-1)).toMatchObject({
      kind: 'module.mlp',
      label: 'Predictor',
      params: { role: 'predictor' },
    });
  });

  await test.step('words of methods and papers find their nodes', async () => {
    for (const [query, first] of [
      ['stop gradient', 'Stop gradient'],
      ['EMA', 'EMA weights'],
      ['Bardes 2022', 'VICReg'],
      ['projector', 'Expander'],
    ] as const) {
      await field.fill(query);
      const found = palette.getByRole('group', { name: 'Found' }).getByRole('button');
      await expect(found.first()).toContainText(first);
    }
    await field.fill('BYOL');
    await expect(palette.getByRole('group', { name: 'Found' })).toContainText('Stop gradient');
    await field.fill('quarterly revenue');
    await expect(palette).toContainText('No node is called');
    await field.fill('');
  });

  await test.step('the search at the pointer adds a role', async () => {
    await page.locator('.react-flow__pane').dblclick({ position: { x: 40, y: 40 } });
    await page.keyboard.type('image enc');
    await page.keyboard.press('Enter');
    expect(nodesOf(await savedText(page)).at(-1)).toMatchObject({
      kind: 'module.conv',
      label: 'Image encoder',
    });
  });
});

/** Opens the command menu and types; gives the menu. */
async function ask(page: Page, words: string): Promise<Locator> {
  await page.keyboard.press('Control+k');
  const menu = page.getByRole('dialog', { name: 'Command menu' });
  await expect(menu.getByPlaceholder('What do you want to do?')).toBeFocused();
  await page.keyboard.type(words);
  return menu;
}

test('the command menu goes to nodes, adds kinds, and opens templates, documents, runs and panels', async ({
  page,
}) => {
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'jepa');
  await addAxe(page);

  await test.step('a node of the graph is selected and shown', async () => {
    const menu = await ask(page, 'digits');
    const group = menu.getByRole('group', { name: 'Nodes of the graph' });
    await group.getByRole('option').first().click();
    await expect(menu).toHaveCount(0);
    await expect(page.locator('.react-flow__node-graph.selected')).toHaveCount(1);
    await expect(page.locator('.react-flow__node-graph.selected')).toBeInViewport();
  });

  await test.step('a kind is added in one step', async () => {
    await expectOneStep(page, async () => {
      await ask(page, 'add stop gradient');
      await expect(page.getByRole('option', { selected: true })).toContainText('Stop gradient');
      await page.keyboard.press('Enter');
      await expect(nodeNamed(page, 'Stop gradient')).toHaveCount(1);
    });
  });

  await test.step('a run is shown, and panels open', async () => {
    await page.keyboard.press('Control+z');
    await runButton(page).click();
    await waitForStep(page, 5);
    // A run is kept a moment after it has begun.
    const run = page.getByRole('group', { name: 'Runs' }).getByRole('option').first();
    await expect(async () => {
      await page.keyboard.press('Escape');
      await ask(page, 'jepa');
      await expect(run).toBeVisible({ timeout: 2000 });
    }).toPass();
    await run.click();
    await expect(page.getByRole('tab', { name: 'Runs' })).toHaveAttribute('aria-selected', 'true');
    await expect(
      page
        .getByTestId('dock')
        .getByText(/^Steps?$|steps/)
        .first(),
    ).toBeVisible();
    await page.keyboard.press('Control+.');
    await ask(page, 'show training');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'Training' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  await test.step('a template opens, then the document that was open before', async () => {
    await ask(page, 'template parabola');
    await page.keyboard.press('Enter');
    await expect(title(page)).toHaveValue(templateTitle('parabola'));
    const menu = await ask(page, 'jepa');
    await menu.getByRole('group', { name: 'Documents' }).getByRole('option').first().click();
    await expect(title(page)).toHaveValue(templateTitle('jepa'));
  });

  await test.step('what was chosen lately comes first, after a reload too', async () => {
    await page.reload();
    await expect(title(page)).toHaveValue(templateTitle('jepa'));
    const menu = await ask(page, '');
    const recent = menu.getByRole('group', { name: 'Recent' }).getByRole('option');
    await expect(recent.first()).toContainText('Parabola');
    await expectAccessible(page, 'the command menu', '[role="dialog"]');
    await page.keyboard.type('no such thing at all');
    await expect(menu).toContainText('Nothing is called that.');
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
  });
});

test('documents have pictures, are searched, sorted, renamed and copied, and come back from the bin', async ({
  page,
}) => {
  await addAxe(page);
  await visitTemplate(page, 'parabola');
  const dialog = page.getByRole('dialog', { name: 'Documents' });
  const bin = page.getByRole('dialog', { name: 'Bin' });
  const rows = dialog.getByRole('list').getByRole('listitem');
  const names = () =>
    rows
      .getByRole('textbox')
      .evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));
  const all = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Documents', exact: true }).click();
    await page.getByRole('menuitem', { name: 'All documents…' }).click();
  };

  await test.step('a copy has its picture', async () => {
    await all();
    await page.getByRole('button', { name: 'Duplicate Parabola' }).click();
    await expect(rows).toHaveCount(2);
    await expect(dialog.getByTestId('document-picture').locator('svg')).toHaveCount(2);
    expect(
      await dialog.getByTestId('document-picture').locator('svg').first().locator('path').count(),
    ).toBeGreaterThan(3);
  });

  await test.step('a title is edited in place: Escape leaves it, Enter keeps it', async () => {
    const field = dialog.getByRole('textbox', { name: 'Title of Parabola (copy)' });
    await field.fill('Nothing');
    await field.press('Escape');
    await expect(field).toHaveValue('Parabola (copy)');
    await field.fill('Another curve');
    await field.press('Enter');
    await expect(dialog.getByRole('textbox', { name: 'Title of Another curve' })).toBeVisible();
  });

  await test.step('search and order', async () => {
    await dialog.getByRole('combobox', { name: 'Sort by' }).click();
    await page.getByRole('option', { name: 'Title' }).click();
    await expect.poll(names).toEqual(['Another curve', 'Parabola']);
    await dialog.getByRole('searchbox', { name: 'Search documents' }).fill('curve');
    await expect(rows).toHaveCount(1);
    await dialog.getByRole('searchbox', { name: 'Search documents' }).fill('curveball');
    await expect(dialog).toContainText('None of 2 documents');
    await dialog.getByRole('searchbox', { name: 'Search documents' }).fill('');
    await expectAccessible(page, 'documents', '[role="dialog"]');
  });

  await test.step('each document is shown as it was left', async () => {
    const view = () => page.locator('.react-flow__viewport').getAttribute('style');
    const open = async (name: string): Promise<void> => {
      const row = rows.filter({ has: page.getByRole('textbox', { name: `Title of ${name}` }) });
      await row.getByRole('button', { name: 'Open' }).click();
      await expect(title(page)).toHaveValue(name);
    };
    await page.keyboard.press('Escape');
    // A template that nobody touched leaves no trace.
    await page.getByTestId('palette:note').click();
    await page.keyboard.press('Control+z');
    const first = await view();
    await page.locator('.react-flow__pane').hover({ position: { x: 30, y: 30 } });
    await page.mouse.wheel(0, 300);
    await expect.poll(view).not.toBe(first);
    // Until the wheel has come to rest.
    await expect
      .poll(() => page.evaluate(() => JSON.stringify(localStorage).includes('look.')))
      .toBe(true);
    const palette = page.getByTestId('palette');
    const handle = page.getByRole('separator').first();
    await handle.focus();
    await page.keyboard.press('ArrowRight');
    const width = (await palette.boundingBox())?.width ?? 0;
    const left = await view();
    await all();
    await open('Another curve');
    await expect.poll(view).not.toBe(left);
    await all();
    await open('Parabola');
    await expect.poll(view).toBe(left);
    await page.reload();
    await expect(title(page)).toHaveValue('Parabola');
    await expect.poll(view).toBe(left);
    await expect.poll(async () => (await palette.boundingBox())?.width ?? 0).toBeCloseTo(width, 0);
    await all();
  });

  await test.step('the bin gives back', async () => {
    await dialog.getByRole('button', { name: 'Put Another curve in the bin' }).click();
    await expect(rows).toHaveCount(1);
    await expect(dialog.getByRole('searchbox')).toBeFocused();
    await dialog.getByRole('button', { name: 'Bin (1)' }).click();
    await expect(bin).toContainText('kept for 30 days');
    await expect(bin).toContainText('30 more days');
    await expectAccessible(page, 'the bin', '[role="dialog"]');
    await bin.getByRole('button', { name: 'Restore Another curve' }).click();
    await expect(bin).toContainText('The bin is empty.');
    await bin.getByRole('button', { name: 'Back to the documents' }).click();
    await expect(rows).toHaveCount(2);
  });

  await test.step('and is emptied on request', async () => {
    await dialog.getByRole('button', { name: 'Put Another curve in the bin' }).click();
    await dialog.getByRole('button', { name: 'Bin (1)' }).click();
    await bin.getByRole('button', { name: 'Empty the bin…' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await expect(bin).toContainText('The bin is empty.');
    await page.keyboard.press('Escape');
    await page.reload();
    await all();
    await expect.poll(names).toEqual(['Parabola']);
  });
});

test('the help of a node says where it comes from and opens templates that use it', async ({
  page,
}) => {
  await visitTemplate(page, 'jepa');
  await nodeNamed(page, 'VICReg').first().click();
  const inspector = page.getByTestId('inspector');
  await expect(inspector).toContainText('Bardes, Ponce, LeCun 2022');
  await expect(inspector.getByText('§6.1', { exact: true }).first()).toBeVisible();
  await expect(inspector.locator('.katex').first()).toBeVisible();
  const uses = inspector.getByRole('list', { name: 'Templates that use it' });
  await expect(uses.getByRole('listitem').first()).toContainText('VICReg');
  await uses.getByRole('button', { name: 'VICReg' }).click();
  await expect(title(page)).toHaveValue(templateTitle('vicreg'));
});

test.describe('a first visit', () => {
  test.use({ tour: true });

  test('is led through the page in five steps, once, and can be left at any of them', async ({
    page,
  }) => {
    await addAxe(page);
    const tour = page.getByTestId('tour');
    await page.goto('/');
    await page.getByRole('button', { name: 'Look around' }).click();

    await test.step('each step points at the real thing and takes the keyboard', async () => {
      const things = [
        graphNodes(page).first(),
        runButton(page),
        page.getByTestId('dock'),
        page.getByTestId('palette'),
        page.getByTestId('guide-bar'),
      ];
      for (const [index, thing] of things.entries()) {
        await expect(tour).toContainText(`${index + 1} of 5`);
        await expect(tour).toBeFocused();
        await expect(thing).toBeVisible();
        const [card, box] = [await tour.boundingBox(), await thing.boundingBox()];
        if (!card || !box) throw new Error('the tour or its thing is not on the page');
        // Beside it, not on it.
        const apart =
          card.x >= box.x + box.width ||
          box.x >= card.x + card.width ||
          card.y >= box.y + box.height ||
          box.y >= card.y + card.height;
        expect(apart || index === 2, `step ${index + 1}`).toBe(true);
        if (index === 0) await expectAccessible(page, 'the tour', '[data-testid="tour"]');
        if (index < things.length - 1) {
          await tour.getByRole('button', { name: 'Next' }).focus();
          await page.keyboard.press('Enter');
        }
      }
      await tour.getByRole('button', { name: 'Back' }).click();
      await expect(tour).toContainText('4 of 5');
    });

    await test.step('the page can be used meanwhile', async () => {
      await page.getByTestId('palette:note').click();
      await expect(tour).toBeVisible();
      await page.keyboard.press('Control+z');
    });

    await test.step('Escape leaves it, and it does not come back by itself', async () => {
      await page.keyboard.press('Escape');
      await expect(tour).toHaveCount(0);
      expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
      await page.reload();
      await expect(runButton(page)).toBeEnabled();
      await expect(tour).toHaveCount(0);
    });

    await test.step('the help menu has it', async () => {
      await page.getByRole('banner').getByRole('button', { name: 'Help' }).click();
      await page.getByRole('menuitem', { name: 'Take the tour' }).click();
      await expect(tour).toContainText('1 of 5');
      await tour.getByRole('button', { name: 'Skip' }).click();
      await expect(tour).toHaveCount(0);
    });
  });
});
