import { calibrate } from '../engine/calibrate';
import { ENGINES } from '../engine/engines';
import { nodeHost } from '../engine/hosts/nodeHost';
import { chooseEngine } from '../training/chooseEngine';
import type { EngineFactory } from '../training/engineFactory';

/** Makes the engine of a training session in Node, with the reason for the choice. */
export function engineFactory(choice: string): EngineFactory {
  return chooseEngine(choice, ENGINES, nodeHost, calibrate).factory;
}
