/** The type of a dragged palette item; its data is the id of the entry: a kind, or a role (`kindEntry`). */
export const KIND_MIME = 'application/x-basin-kind';
