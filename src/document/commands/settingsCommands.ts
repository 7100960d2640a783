import { sameJson } from '../canonical';
import { clip } from '../clip';
import {
  DOCUMENT_LIMITS,
  type BasinDocument,
  type ClaimedResults,
  type TrainingSettings,
} from '../schema';
import type { Edit } from './edit';

export function setTitle(title: string): Edit {
  return {
    label: 'Change title',
    mergeKey: 'title',
    recipe: (draft) => {
      draft.title = clip(title, DOCUMENT_LIMITS.label);
    },
  };
}

export function setDescription(description: string): Edit {
  return {
    label: 'Change description',
    mergeKey: 'description',
    recipe: (draft) => {
      draft.description = clip(description, DOCUMENT_LIMITS.text);
    },
  };
}

/** Changes the settings that are given. They must fit `trainingSchema`. Edits of the same settings merge. */
export function setTraining(settings: Partial<TrainingSettings>): Edit {
  const given = Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  );
  return {
    label: 'Change training',
    mergeKey: `training ${Object.keys(given).sort().join(' ')}`,
    recipe: (draft) => {
      if (sameJson(draft.training, { ...draft.training, ...given })) return;
      Object.assign(draft.training, given);
    },
  };
}

/** What the author saw, for *Reproduce*; null takes it out. */
export function setClaims(claims: ClaimedResults | null): Edit {
  return {
    label: 'Change claimed results',
    recipe: (draft) => {
      if (sameJson(draft.claims ?? null, claims)) return;
      if (claims === null) delete draft.claims;
      else draft.claims = claims;
    },
  };
}

/** Another document in place of this one, as a step that can be undone. */
export function replaceDocument(document: BasinDocument, label = 'Open document'): Edit {
  return {
    label,
    recipe: (draft) => {
      if (sameJson(draft, document)) return;
      Object.assign(draft, document);
      if (document.claims === undefined) delete draft.claims;
      if (document.template === undefined) delete draft.template;
    },
  };
}
