import { nodeNamed, runButton, selectNode, title, visitTemplate } from './fixtures/actions';
import { expect, test } from './fixtures/browser';

test('what is being typed counts when the page is left, and a title while it is typed', async ({
  page,
}) => {
  await visitTemplate(page, 'parabola');
  const rate = page.getByTestId('inspector').getByRole('textbox', { name: 'Learning rate' });
  const fields: readonly (readonly [string, () => Promise<void>, () => Promise<void>])[] = [
    [
      'the title',
      () => title(page).fill('Half a title '),
      () => expect(title(page)).toHaveValue('Half a title'),
    ],
    ['a number', () => rate.fill('0.5'), () => expect(rate).toHaveValue('0.5')],
    [
      'a label on the canvas',
      async () => {
        await selectNode(page, 'f');
        await page.keyboard.press('F2');
        await page.keyboard.type('Half a label');
      },
      () => expect(nodeNamed(page, 'Half a label')).toBeVisible(),
    ],
  ];
  for (const [name, type, expectKept] of fields) {
    await test.step(`${name} is typed, and the page loaded again`, async () => {
      await type();
      await page.reload();
      await expect(runButton(page)).toBeEnabled();
      await expectKept();
    });
  }

  await test.step('a title is saved before its field is left, and Escape takes it back', async () => {
    await title(page).fill('Another');
    await expect(page).toHaveTitle(/^Another/);
    await expect(page.getByRole('img', { name: 'Saved in this browser' })).toBeVisible();
    await title(page).fill('');
    await expect(title(page)).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(title(page)).toHaveValue('Half a title');
    await expect(page).toHaveTitle(/^Half a title/);
  });
});
