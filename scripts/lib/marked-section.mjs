/**
 * Puts `body` between `<!-- generated: NAME -->` and the next `<!-- end of generated -->` of a Markdown text; what stands
 * around them is written by hand. Throws when the text has no such section.
 *
 * @param {string} text
 * @param {string} name
 * @param {string} body
 * @returns {string}
 */
export function replaceSection(text, name, body) {
  const open = `<!-- generated: ${name} -->`;
  const close = '<!-- end of generated -->';
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`there is no generated section “${name}”`);
  return `${text.slice(0, start + open.length)}\n\n${body.trim()}\n\n${text.slice(end)}`;
}

/**
 * A Markdown table. Cells may hold Markdown, but no line breaks.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 * @returns {string}
 */
export function markdownTable(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
