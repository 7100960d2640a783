import type { EngineDescriptor } from './descriptor';
import { reference } from './reference/descriptor';
import { tfjs } from './tfjs/descriptor';
import { webgpu } from './webgpu/descriptor';

/** Every engine: a file and a line each. Menus, `auto` and the command line take them in this order. */
export const ENGINES: readonly EngineDescriptor[] = [webgpu, tfjs, reference];

/** Measures the engines that may be chosen without being asked for, and takes the fastest. */
export const AUTOMATIC = 'auto';

/** What a user may ask to compute with. */
export function engineChoices(): string[] {
  return [AUTOMATIC, ...ENGINES.map(({ name }) => name)];
}
