import { preferEngine, runButton, visit, waitForStep } from './fixtures/actions';
import { expect, test } from './fixtures/browser';

/** Bytes of scripts, compressed as they are served, that the page names in its head: the graph is there when they are. */
const MOST_BYTES = 250_000;
/** Parts that come when they are needed. */
const LATER = /katex|layout\.worker|train\.worker|createTfjsEngine|createWebGPUEngine/i;

test('a first visit fetches what it shows, and a run one copy of each part', async ({ page }) => {
  const scripts: string[] = [];
  page.context().on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) scripts.push(pathname);
  });
  await preferEngine(page, 'tfjs');

  await test.step('scripts before the graph', async () => {
    const html = await (await page.request.get('/')).text();
    const named = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(2);
    // Few, as each is a round trip.
    expect(named.length).toBeLessThan(12);
    expect(named.filter((path) => LATER.test(path))).toEqual([]);
    let bytes = 0;
    for (const path of named) {
      const answer = await page.request.head(path, { headers: { 'Accept-Encoding': 'br' } });
      expect(answer.headers()['content-encoding']).toBe('br');
      bytes += Number(answer.headers()['content-length']);
    }
    console.log(`scripts of the first view: ${bytes} bytes in ${named.length} files`);
    expect(bytes).toBeLessThan(MOST_BYTES);
    const [largest = ''] = named.filter((path) => path.includes('first-'));
    const plain = await page.request.get(largest, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(plain.headers()['content-encoding']).toBe('gzip');
  });

  await test.step('no engine and no layout before they are asked for', async () => {
    await visit(page);
    const engines = scripts.filter((path) => /createTfjs|createWebGPU|layout\.worker/.test(path));
    expect(engines).toEqual([]);
    expect(scripts.some((path) => /train\.worker/.test(path))).toBe(false);
  });

  await test.step('training and probing share one copy', async () => {
    await runButton(page).click();
    await waitForStep(page, 5);
    await expect
      .poll(() => scripts.filter((path) => /createTfjsEngine/.test(path)).length)
      .toBeGreaterThan(1);
    const of = (part: RegExp) => new Set(scripts.filter((path) => part.test(path)));
    expect(of(/createTfjsEngine/).size).toBe(1);
    expect(of(/probe\.worker/).size).toBe(1);
    expect(of(/first-shared-/).size).toBe(1);
    expect(of(/next-shared-/).size).toBe(1);
  });
});
