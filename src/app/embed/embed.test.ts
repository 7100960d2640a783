import { describe, expect, it } from 'vitest';
import { embedAddress, embedCode, embedOf, wholeAddress } from './embed';

const LINK = 'https://example.org/basin/?x=1#g=abc_-d';

describe('embedding', () => {
  it('is asked for by the address, with the panel that is shown', () => {
    expect(embedOf({ search: '' })).toBeNull();
    expect(embedOf({ search: '?embedded=1' })).toBeNull();
    expect(embedOf({ search: '?embed' })).toEqual({ panel: '' });
    expect(embedOf({ search: '?x=1&embed=landscape' })).toEqual({ panel: 'landscape' });
    expect(embedOf({ search: '?embed%23v2=abc_-d' })).toEqual({ panel: '' });
  });

  it('leaves the rest of the address as it is, there and back', () => {
    const inside = embedAddress(LINK, 'collapse');
    expect(inside).toBe('https://example.org/basin/?x=1&embed=collapse#g=abc_-d');
    expect(embedOf(new URL(inside))).toEqual({ panel: 'collapse' });
    expect(wholeAddress(inside)).toBe(LINK);
  });

  it('writes titles as text, whatever they are', () => {
    const code = embedCode(LINK, '"><script>alert(1)</script>&');
    expect(code).toContain('title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"');
    expect(code).not.toContain('<script');
    expect(code).toContain(
      'sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"',
    );
  });
});
