import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { command, dropFile, openFile, savedText, title, visitTemplate } from './fixtures/actions';
import { expect, test } from './fixtures/browser';

/** The files of the zip that *Export → PyTorch script* gives. */
async function exported(page: Page): Promise<ReadonlyMap<string, Uint8Array>> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'PyTorch script' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/-pytorch\.zip$/);
  const zip = unzipSync(readFileSync(await download.path()));
  return new Map(Object.entries(zip).map(([path, bytes]) => [path.split('/').at(-1) ?? '', bytes]));
}

test('a graph leaves as a PyTorch script, and the script opens as that graph', async ({ page }) => {
  await visitTemplate(page, 'vicreg');
  const before = await savedText(page);
  const files = await exported(page);
  expect([...files.keys()].sort()).toEqual(['data.safetensors', 'train.py', 'weights.safetensors']);
  const script = new TextDecoder().decode(files.get('train.py'));
  expect(script).toContain('class EncoderA(nn.Module):');
  await expect(page.getByText(/run it with python train.py/)).toBeVisible();

  const file = { name: 'train.py', content: script };
  await test.step('chosen as a file', async () => {
    await command(page, 'New document');
    await expect(title(page)).toHaveValue('Untitled');
    await openFile(page, file);
    await expect(title(page)).toHaveValue('VICReg');
    expect(await savedText(page)).toBe(before);
  });
  await test.step('dropped', async () => {
    await command(page, 'New document');
    await expect(title(page)).toHaveValue('Untitled');
    await dropFile(page, file);
    await expect(title(page)).toHaveValue('VICReg');
  });
});
