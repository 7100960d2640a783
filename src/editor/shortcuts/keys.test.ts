import { describe, expect, it } from 'vitest';
import { isComposing, keyCaps, pressName } from './keys';

type Modifier = 'ctrl' | 'meta' | 'shift' | 'alt';

const press = (key: string, ...held: Modifier[]) => pressOf(key, '', ...held);

const pressOf = (key: string, code: string, ...held: Modifier[]) => ({
  key,
  code,
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

describe('pressName on other layouts', () => {
  // What browsers give for the press: the character that the layout makes, and the place of the key on an English keyboard.
  it.each<[layout: string, key: string, code: string, held: Modifier[], name: string]>([
    ['QWERTY', 'z', 'KeyZ', ['ctrl'], 'Mod+Z'],
    // The key with Z on it, wherever it is.
    ['QWERTZ', 'z', 'KeyY', ['ctrl'], 'Mod+Z'],
    ['QWERTZ', 'y', 'KeyZ', ['ctrl'], 'Mod+Y'],
    ['QWERTZ', '/', 'Digit7', ['shift'], '/'],
    ['QWERTZ', '?', 'Minus', ['shift'], '?'],
    ['QWERTZ', '+', 'BracketRight', [], '+'],
    ['QWERTZ', 'ö', 'Semicolon', [], 'Ö'],
    ['AZERTY', 'z', 'KeyW', ['ctrl'], 'Mod+Z'],
    ['AZERTY', 'a', 'KeyQ', ['ctrl'], 'Mod+A'],
    ['AZERTY', 'w', 'KeyZ', ['ctrl'], 'Mod+W'],
    ['AZERTY', '/', 'Period', ['shift'], '/'],
    ['AZERTY', 'é', 'Digit2', [], 'É'],
    ['Dvorak', 'z', 'Slash', ['ctrl'], 'Mod+Z'],
    ['Dvorak', ';', 'KeyZ', ['ctrl'], 'Mod+;'],
    ['Dvorak', 'l', 'KeyP', ['ctrl', 'shift'], 'Mod+Shift+L'],
    ['Turkish', 'ı', 'KeyI', [], 'I'],
    // No Latin letters: the key where Z is on an English keyboard.
    ['Russian', 'я', 'KeyZ', ['ctrl'], 'Mod+Z'],
    ['Russian', 'Я', 'KeyZ', ['meta', 'shift'], 'Mod+Shift+Z'],
    ['Russian', 'л', 'KeyK', ['ctrl'], 'Mod+K'],
    ['Russian', 'с', 'KeyC', [], 'C'],
    ['Russian', 'А', 'KeyF', ['shift'], 'Shift+F'],
    ['Russian', 'ю', 'Period', ['ctrl'], 'Mod+.'],
    ['Russian', 'Ю', 'Period', ['ctrl', 'shift'], 'Mod+Shift+.'],
    ['Russian', '/', 'Backslash', ['shift'], '/'],
    ['Russian', '?', 'Digit7', ['shift'], '?'],
    ['Greek', 'ζ', 'KeyZ', ['ctrl'], 'Mod+Z'],
    ['Greek', 'Ζ', 'KeyZ', ['ctrl', 'shift'], 'Mod+Shift+Z'],
    ['Hebrew', 'ז', 'KeyZ', ['ctrl'], 'Mod+Z'],
    ['Hebrew', '/', 'KeyQ', [], '/'],
    ['Arabic', 'ئ', 'KeyZ', ['ctrl'], 'Mod+Z'],
    ['Arabic', 'لا', 'KeyB', ['ctrl'], 'Mod+B'],
    ['Thai', 'ั', 'KeyY', ['ctrl'], 'Mod+Y'],
    ['Korean', 'ㅋ', 'KeyZ', ['ctrl'], 'Mod+Z'],
    ['Bengali', '১', 'Digit1', ['ctrl'], 'Mod+1'],
    ['Russian', 'ArrowLeft', 'ArrowLeft', ['shift'], 'Shift+Left'],
  ])('%s: %s of %s', (_, key, code, held, name) => {
    expect(pressName(pressOf(key, code, ...held))).toBe(name);
  });
});

describe('isComposing', () => {
  it.each([
    ['an input method', { isComposing: true, keyCode: 13 }, true],
    ['the last key of one, in Safari', { isComposing: false, keyCode: 229 }, true],
    ['a key of its own', { isComposing: false, keyCode: 13 }, false],
  ])('%s', (_, event, composing) => {
    expect(isComposing(event)).toBe(composing);
  });
});

describe('keyCaps', () => {
  it('prints one cap a key', () => {
    expect(keyCaps('Mod+Shift+Z')).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyCaps('Shift+Left')).toEqual(['Shift', '←']);
  });
});
