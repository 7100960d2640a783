/** How a graph is brought into view: below it there is room for the map and the buttons, which would cover nodes. */
export const FIT_VIEW = {
  padding: { top: '32px', right: '40px', bottom: '120px', left: '40px' },
  maxZoom: 1.25,
} as const;
