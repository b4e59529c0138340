import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { PAGES, pages } from './rule-docs';

const folder = join(__dirname, '..', '..', PAGES);
const expected = [...pages()];

test.each(expected)('%s is what the code says (else: npm run docs:rules)', (file, text) => {
  expect(existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n') : 'is not there').toBe(text);
});

test('there is no page without a rule', () => {
  expect(readdirSync(folder).filter(file => !expected.some(([name]) => name === file))).toEqual([]);
});

test('a page holds why, both manifests, what is said and how to acknowledge', () => {
  const page = pages().get('no-wide-kill.md')!;
  for (const part of ['## Why', '## Incorrect', 'killall -HUP nginx', '> warning: `reload` in its command runs killall', '## Correct', '## Acknowledge',
    'acknowledge.cdk8s-shared-pid/no-wide-kill: why this is accepted']) expect(page).toContain(part);
});

test('the page of a rule that finds errors only says that they cannot be acknowledged', () => {
  expect(pages().get('no-host-pid.md')).toContain('An error cannot be acknowledged, only fixed.');
  expect(pages().get('no-host-pid.md')).not.toContain('annotations:');
});
