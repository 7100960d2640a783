/** Asks for a JSON file. Nothing happens when none is chosen. */
export function chooseFile(open: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
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
