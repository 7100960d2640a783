/** Asks for a file with one of these endings. Nothing happens when none is chosen. */
export function chooseFile(endings: readonly string[], open: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = endings.join(',');
  // In the page as long as the browser asks: an element that nothing holds could be collected before the answer.
  input.hidden = true;
  document.body.append(input);
  input.addEventListener('cancel', () => input.remove());
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    input.remove();
    if (file) open(file);
  });
  input.click();
}
