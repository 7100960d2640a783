/** Asks for a file with one of these endings. Nothing happens when none is chosen. */
export function chooseFile(endings: readonly string[], open: (file: File) => void): void {
  ask({ endings }, ([file]) => file && open(file));
}

/** Asks for files, or for a folder with all that is in it. */
export function chooseFiles(
  wanted: { readonly endings: readonly string[]; readonly folder?: boolean },
  open: (files: readonly File[]) => void,
): void {
  ask({ ...wanted, several: true }, open);
}

function ask(
  wanted: {
    readonly endings: readonly string[];
    readonly several?: boolean;
    readonly folder?: boolean;
  },
  open: (files: readonly File[]) => void,
): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = wanted.endings.join(',');
  input.multiple = wanted.several === true;
  input.webkitdirectory = wanted.folder === true;
  // In the page as long as the browser asks: an element that nothing holds could be collected before the answer.
  input.hidden = true;
  document.body.append(input);
  input.addEventListener('cancel', () => input.remove());
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.remove();
    if (files.length > 0) open(files);
  });
  input.click();
}
