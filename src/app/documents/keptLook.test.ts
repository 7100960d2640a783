import { describe, expect, it } from 'vitest';
import type { Preferences } from '../preferences';
import { forgetLook, keptLook } from './keptLook';

function memory(): Preferences & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: (name) => kept.get(name) ?? null,
    set: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
  };
}

describe('keptLook', () => {
  it('keeps view and sizes by document, each without the other', () => {
    const preferences = memory();
    let open = 'a';
    const look = keptLook(preferences, () => open);
    expect(look.read()).toEqual({});
    look.keep({ view: { x: 1, y: -2, zoom: 0.5 } });
    look.keep({ sizes: { columns: { palette: 20, canvas: 80 } } });
    open = 'b';
    expect(look.read()).toEqual({});
    look.keep({ view: { x: 0, y: 0, zoom: 1 } });
    open = 'a';
    expect(look.read()).toEqual({
      view: { x: 1, y: -2, zoom: 0.5 },
      sizes: { columns: { palette: 20, canvas: 80 } },
    });
    forgetLook(preferences, 'a');
    expect(look.read()).toEqual({});
    expect(preferences.kept.size).toBe(1);
  });

  it.each(['', '{', 'null', '{"view":{"x":1}}', '{"view":{"x":1,"y":1,"zoom":900}}'])(
    'takes %s as nothing',
    (text) => {
      const preferences = memory();
      preferences.set('look.a', text);
      expect(keptLook(preferences, () => 'a').read()).toEqual({});
    },
  );
});
