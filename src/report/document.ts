/** A report as its parts, before it is text or Markdown. Texts may hold anything: who renders them makes them printable. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] };

/** A text without what a terminal or a reader could take for something else: control characters, line ends, directions of writing. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udfff](?![\udc00-\udfff])(?<![\ud800-\udbff][\udc00-\udfff])/g, '?');
}

/** Renders a report as Markdown that can be pasted into a review. */
export function toMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(markdownBlock).join('\n\n')}\n`;
}

/** Renders a report for a terminal of any width. */
export function toText(blocks: readonly Block[]): string {
  return `${blocks.map(textBlock).join('\n\n')}\n`;
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case 'heading': return `### ${escaped(block.text)}`;
    case 'paragraph': return escaped(block.text);
    case 'list': return [`**${escaped(block.title)}**`, '', ...block.items.map(item => `- ${escaped(item)}`)].join('\n');
    case 'table': return [block.head, block.head.map(() => '---'), ...block.rows].map(cells => `| ${cells.map(cell => escaped(cell).replace(/\|/g, '\\|') || '-').join(' | ')} |`).join('\n');
  }
}

function textBlock(block: Block): string {
  switch (block.kind) {
    case 'heading': return `${printable(block.text)}\n${'='.repeat(printable(block.text).length)}`;
    case 'paragraph': return plain(block.text);
    case 'list': return [`${plain(block.title)}:`, ...block.items.map(item => `  - ${plain(item)}`)].join('\n');
    case 'table': return textTable([block.head, ...block.rows].map(cells => cells.map(cell => plain(cell) || '-')));
  }
}

/** Columns as wide as their cells; the last one is not padded. */
function textTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(cells => cells[column].length)));
  return rows.map(cells => `  ${cells.map((cell, column) => column === cells.length - 1 ? cell : cell.padEnd(widths[column])).join('  ')}`.trimEnd()).join('\n');
}

/** Names stand in backquotes, which a terminal does not need. */
function plain(text: string): string {
  return printable(text).replace(/`/g, '');
}

/** What Markdown would take for its own, but single backquotes in pairs: what stands in them is code. */
function escaped(text: string): string {
  // an underscore within a word is none of its own
  return printable(text).replace(/``+/g, "'").split(/(`[^`]*`)/).map((part, i) => (
    i % 2 ? part : part.replace(/^>|[<\\*[\]`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
  )).join('');
}

/** A name of the user's in a report: in backquotes, of which it may hold none. */
export function named(name: string): string {
  return `\`${printable(name).replace(/`/g, "'")}\``;
}
