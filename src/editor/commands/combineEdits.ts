import type { Edit } from '../../document/commands/edit';

/** Several edits as one undo step. */
export function combineEdits(label: string, ...edits: readonly (Edit | null)[]): Edit {
  return {
    label,
    recipe: (draft) => {
      for (const edit of edits) edit?.recipe(draft);
    },
  };
}
