import { describe, expect, it } from 'vitest';
import { keyCaps, pressName } from './keys';

const press = (key: string, ...held: ('ctrl' | 'meta' | 'shift' | 'alt')[]) => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
});

describe('pressName', () => {
  it('takes Ctrl and ⌘ as one and does not care about the case of letters', () => {
    expect(pressName(press('z', 'ctrl'))).toBe('Mod+Z');
    expect(pressName(press('Z', 'meta', 'shift'))).toBe('Mod+Shift+Z');
  });

  it('names characters by themselves, whatever keyboard makes them with Shift', () => {
    expect(pressName(press('?', 'shift'))).toBe('?');
    expect(pressName(press('/', 'shift'))).toBe('/');
    expect(pressName(press('/'))).toBe('/');
  });

  it('names arrows with their modifiers', () => {
    expect(pressName(press('ArrowLeft', 'shift'))).toBe('Shift+Left');
    expect(pressName(press('Enter', 'ctrl'))).toBe('Mod+Enter');
    expect(pressName(press('.', 'ctrl'))).toBe('Mod+.');
  });
});

describe('keyCaps', () => {
  it('prints one cap a key', () => {
    expect(keyCaps('Mod+Shift+Z')).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyCaps('Shift+Left')).toEqual(['Shift', '←']);
  });
});
