import { preferEngine, visitTemplate } from './fixtures/actions';
import { expect, test } from './fixtures/browser';
import { runTo, verdict } from './fixtures/runs';

test('the page is served with a strict policy, isolated from other origins', async ({
  request,
}) => {
  const response = await request.get('/');
  const headers = response.headers();
  const policy = headers['content-security-policy'] ?? '';
  for (const directive of [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]) {
    expect(policy.split('; ')).toContain(directive);
  }
  expect(policy).not.toContain('unsafe-inline');
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  // Hosts that set no headers serve the policy in the page itself.
  expect(await response.text()).toContain(`<meta http-equiv="Content-Security-Policy"`);
});

test('no request leaves the origin in a whole session', async ({ page, context, baseURL }) => {
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  await preferEngine(page, 'tfjs');
  await visitTemplate(page, 'vicreg');
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
  await runTo(page, 20);
  await expect(verdict(page)).toBeVisible();
  const { origin } = new URL(baseURL ?? '');
  const remote = asked.filter((url) => /^(https?|wss?):/.test(url)).map((url) => new URL(url));
  expect(remote.length).toBeGreaterThan(5);
  expect(remote.filter((url) => url.origin !== origin)).toEqual([]);
  // The data and the portable engine were among them: workers are watched too.
  expect(remote.some(({ pathname }) => /digits/.test(pathname))).toBe(true);
  expect(remote.some(({ pathname }) => pathname.endsWith('.wasm'))).toBe(true);
});

test.describe('what is injected', () => {
  test.use({ expectedErrors: [/content security policy|request left the origin/i] });

  test('does not run, and does not reach another origin', async ({ page }) => {
    await page.goto('/');
    const outcome = await page.evaluate(async () => {
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.injected = "inline";';
      document.head.append(inline);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'globalThis.injected = "handler";');
      image.src = 'data:image/png;base64,broken';
      document.body.append(image);
      await new Promise((resolve) => image.addEventListener('error', resolve));
      const foreign = document.createElement('script');
      foreign.src = 'https://example.invalid/foreign.js';
      const loaded = new Promise((resolve) => {
        foreign.onload = () => resolve('loaded');
        foreign.onerror = () => resolve('refused');
      });
      document.head.append(foreign);
      const evaluated = ((): string => {
        try {
          return String(new Function('return "evaluated"')());
        } catch {
          return 'refused';
        }
      })();
      return {
        injected: String(Reflect.get(globalThis, 'injected')),
        foreign: await loaded,
        evaluated,
        fetched: await fetch('https://example.invalid/').then(
          () => 'answered',
          () => 'refused',
        ),
      };
    });
    expect(outcome).toEqual({
      injected: 'undefined',
      foreign: 'refused',
      evaluated: 'refused',
      fetched: 'refused',
    });
  });
});
