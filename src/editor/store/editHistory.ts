import { applyPatches, enablePatches, produceWithPatches } from 'immer';
import type { Patch } from 'immer';
import type { BasinDocument } from '../../document/schema';
import type { Recipe } from './editorState';

interface Step {
  readonly label: string;
  readonly gesture: string | null;
  readonly forward: readonly Patch[];
  readonly backward: readonly Patch[];
}

const LONGEST = 500;

enablePatches();

/** Undo and redo of one document as patches. */
export class EditHistory {
  private past: Step[] = [];
  private future: Step[] = [];
  private openGesture: string | null = null;

  constructor(private current: BasinDocument) {}

  get document(): BasinDocument {
    return this.current;
  }

  get undoLabel(): string | null {
    return this.past.at(-1)?.label ?? null;
  }

  get redoLabel(): string | null {
    return this.future.at(-1)?.label ?? null;
  }

  edit(label: string, recipe: Recipe, gesture: string | null): void {
    const [next, forward, backward] = produceWithPatches(this.current, recipe);
    if (forward.length === 0) return;
    const last = this.past.at(-1);
    if (gesture !== null && last !== undefined && this.openGesture === gesture) {
      this.past[this.past.length - 1] = {
        label,
        gesture,
        forward: [...last.forward, ...forward],
        backward: [...backward, ...last.backward],
      };
    } else {
      this.past.push({ label, gesture, forward, backward });
      if (this.past.length > LONGEST) this.past.shift();
    }
    this.openGesture = gesture;
    this.future = [];
    this.current = next;
  }

  endGesture(): void {
    this.openGesture = null;
  }

  undo(): void {
    const step = this.past.pop();
    if (step === undefined) return;
    this.endGesture();
    this.future.push(step);
    this.current = applyPatches(this.current, [...step.backward]);
  }

  redo(): void {
    const step = this.future.pop();
    if (step === undefined) return;
    this.endGesture();
    this.past.push(step);
    this.current = applyPatches(this.current, [...step.forward]);
  }
}
