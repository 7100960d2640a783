import type { Preferences } from '../preferences';

/** What is kept of the choice. */
const PICTURES = 'pictures';

/** Whether nodes show pictures: unless somebody has turned them off. */
export function arePicturesOn(preferences: Preferences): boolean {
  return preferences.get(PICTURES) !== 'off';
}

export function keepPicturesOn(preferences: Preferences, isOn: boolean): void {
  preferences.set(PICTURES, isOn ? null : 'off');
}
