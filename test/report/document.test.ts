import { named, printable, toMarkdown, toText } from '../../src/report/document';

const hostile = 'a|b`c\u001b[31m<script>\r\n# x *y* _z_ SYS_PTRACE \u202e\ud800';

test('printable leaves nothing that a terminal obeys', () => {
  expect(printable(hostile)).toBe('a|b`c?[31m<script>??# x *y* _z_ SYS_PTRACE ??');
  expect(printable('äöü 😀')).toBe('äöü 😀');
});

test('a hostile name stays one cell of one line of Markdown', () => {
  const markdown = toMarkdown([{ kind: 'table', head: ['who', 'may'], rows: [[named(hostile), hostile]] }]);
  expect(markdown.trimEnd().split('\n')).toHaveLength(3);
  expect(markdown).toContain("| `a\\|b'c?[31m<script>??# x *y* _z_ SYS_PTRACE ??` | a\\|b\\`c?\\[31m\\<script>??# x \\*y\\* \\_z\\_ SYS_PTRACE ?? |");
});

test('Markdown of every kind of block', () => {
  expect(toMarkdown([
    { kind: 'heading', text: 'Pod `web`' },
    { kind: 'paragraph', text: 'a < b, `a | b`' },
    { kind: 'list', title: 'Because', items: ['x: y', '*z*'] },
    { kind: 'table', head: ['a', 'b'], rows: [['1', '']] },
  ])).toBe('### Pod `web`\n\na \\< b, `a | b`\n\n**Because**\n\n- x: y\n- \\*z\\*\n\n| a | b |\n| --- | --- |\n| 1 | - |\n');
});

test('text of every kind of block', () => {
  expect(toText([
    { kind: 'heading', text: 'Pod' },
    { kind: 'paragraph', text: 'see `a | b`' },
    { kind: 'list', title: 'Because', items: ['x'] },
    { kind: 'table', head: ['who', 'may'], rows: [['`debug`', 'signal'], ['a', '']] },
  ])).toBe('Pod\n===\n\nsee a | b\n\nBecause:\n  - x\n\n  who    may\n  debug  signal\n  a      -\n');
});
