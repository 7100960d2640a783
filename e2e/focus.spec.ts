import type { Page } from '@playwright/test';
import { command, graphNodes, nodeNamed, selectNode, visitTemplate } from './fixtures/actions';
import { expect, test } from './fixtures/browser';

/** What has the keyboard, in words; `nothing` where the next Tab would start from the top of the page. */
async function keyboardAt(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: active, body } = document;
    if (active === null || active === body) return 'nothing';
    return active.getAttribute('aria-label') ?? active.id ?? active.tagName;
  });
}

/** Things that take away what has the keyboard, one after the other on one page. */
const FLOWS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  [
    'delete the selected node',
    async (page) => {
      await selectNode(page, 'f');
      await page.keyboard.press('Delete');
      await expect(graphNodes(page)).toHaveCount(2);
    },
  ],
  [
    'undo it',
    async (page) => {
      await page.keyboard.press('Control+z');
      await expect(graphNodes(page)).toHaveCount(3);
    },
  ],
  [
    'undo what added the selected node',
    async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('l2');
      await page.keyboard.press('Enter');
      await expect(graphNodes(page)).toHaveCount(4);
      await page.keyboard.press('Control+z');
      await expect(graphNodes(page)).toHaveCount(3);
    },
  ],
  [
    'cut all',
    async (page) => {
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Control+x');
      await expect(graphNodes(page)).toHaveCount(0);
      await page.keyboard.press('Control+z');
      await expect(graphNodes(page)).toHaveCount(3);
    },
  ],
  [
    'delete an edge',
    async (page) => {
      await page.locator('.react-flow__edge').first().focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      await expect(page.locator('.react-flow__edge:focus')).toHaveCount(1);
      await page.keyboard.press('Delete');
      await page.keyboard.press('Control+z');
    },
  ],
  [
    'rename and leave it',
    async (page) => {
      await selectNode(page, 'f');
      await page.keyboard.press('F2');
      await page.keyboard.press('Escape');
    },
  ],
  [
    'rename and keep it',
    async (page) => {
      await page.keyboard.press('F2');
      await page.keyboard.type('g');
      await page.keyboard.press('Enter');
      await expect(nodeNamed(page, 'g')).toHaveCount(1);
      await page.keyboard.press('Control+z');
    },
  ],
  [
    'collapse a group, open and dissolve it',
    async (page) => {
      await page.keyboard.press('Control+g');
      for (const key of ['e', 'e', 'Control+Shift+g']) {
        await page.keyboard.press(key);
        await expect.poll(() => keyboardAt(page), key).not.toBe('nothing');
      }
    },
  ],
  [
    'the search palette',
    async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.press('Escape');
    },
  ],
  [
    'the connection dialog',
    async (page) => {
      await selectNode(page, 'f');
      await page.keyboard.press('c');
      await page.keyboard.press('Escape');
    },
  ],
  [
    'the command menu',
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Escape');
    },
  ],
  [
    'the sheet of shortcuts',
    async (page) => {
      await page.keyboard.press('?');
      await page.keyboard.press('Escape');
    },
  ],
  [
    'share, opened from the command menu',
    async (page) => {
      await command(page, 'Share by link');
      await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
      await page.keyboard.press('Escape');
    },
  ],
  [
    'the title of the document',
    async (page) => {
      const title = page.getByLabel('Title of the document');
      await title.focus();
      await page.keyboard.type('x');
      await page.keyboard.press('Enter');
    },
  ],
  [
    'a field of the inspector, left by Escape',
    async (page) => {
      await page.locator('.react-flow__pane').click({ position: { x: 12, y: 12 } });
      await page.getByRole('textbox', { name: 'Batch size' }).focus();
      await page.keyboard.press('Escape');
    },
  ],
  [
    'the dock, opened and folded by command',
    async (page) => {
      await command(page, 'Open or fold the dock');
      await expect(page.getByRole('tabpanel')).toBeVisible();
      await command(page, 'Open or fold the dock');
      await expect(page.getByRole('tabpanel')).toHaveCount(0);
    },
  ],
  [
    'another kind for a node',
    async (page) => {
      await selectNode(page, 'f');
      await page.keyboard.press('k');
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
    },
  ],
  [
    'the gallery',
    async (page) => {
      await page.getByRole('button', { name: 'Templates', exact: true }).click();
      await expect(page.getByRole('dialog', { name: 'Templates' })).toBeVisible();
      await page.keyboard.press('Escape');
    },
  ],
  [
    'all documents',
    async (page) => {
      await command(page, 'All documents');
      await expect(page.getByRole('dialog', { name: 'Documents' })).toBeVisible();
      await page.keyboard.press('Escape');
    },
  ],
  [
    'the guide, folded and opened',
    async (page) => {
      const bar = page.getByTestId('guide-bar');
      await bar.click();
      await expect(bar).toHaveAttribute('aria-expanded', 'false');
      await bar.click();
    },
  ],
  [
    'a kind added from the palette by mouse',
    async (page) => {
      await page.getByTestId('palette:energy.cosine').click();
      await page.keyboard.press('Control+z');
    },
  ],
];

test('the keyboard is never lost', async ({ page }) => {
  await visitTemplate(page, 'parabola');
  for (const [name, flow] of FLOWS) {
    await test.step(name, async () => {
      await flow(page);
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect.poll(() => keyboardAt(page), name).not.toBe('nothing');
      // And it stays there.
      await page.evaluate(() => new Promise(requestAnimationFrame));
      expect(await keyboardAt(page), name).not.toBe('nothing');
    });
  }
});
