/** The type of a dragged palette item; its data is the kind. */
export const KIND_MIME = 'application/x-basin-kind';
