import { readKill } from '../../src/safeguards/kill-command';
import { callsOf, commandsIn } from '../../src/safeguards/shell-words';

const commands = (...texts: string[]) => commandsIn(texts.map((text, i) => ({ text, path: `/${i}` }))).map(command => command.map(({ text }) => text).join(' '));

test.each([
  ['a b; c | d && e', ['a b', 'c', 'd', 'e']],
  ['a "$(b c)" d', ['a $', 'b c', 'd']],
  ["trap 'kill 1' TERM", ['trap kill 1 TERM']],
  ['a # b\nc', ['a', 'c']],
  ['# a', []],
  ['a#b', ['a#b']],
  ['#', ['#']], // a word of an exec array
  ['a\\\n b', ['a', 'b']],
  ['', []],
])('%j holds the commands %j', (text, expected) => {
  expect(commands(text)).toEqual(expected);
});

test('the pieces of an exec array are one command, each word with its place', () => {
  expect(commandsIn([{ text: 'kill', path: '/a' }, { text: '-HUP 1', path: '/b' }])).toEqual([
    [{ text: 'kill', path: '/a' }, { text: '-HUP', path: '/b' }, { text: '1', path: '/b' }],
  ]);
});

test.each([
  ['kill 1', true], ['/bin/kill 1', true], ['exec sudo kill 1', true], ['if x; then kill 1; fi', true], ['which kill', false], ['command -v kill', false], ['skill 1', false],
  ['apk add kill', false], ['xkill', false],
])('%j runs kill: %s', (text, expected) => {
  expect(callsOf(new Set(['kill']), commandsIn([{ text, path: '' }])).length > 0).toBe(expected);
});

test.each([
  ['1', undefined, ['1']], ['-HUP 1 2', 'HUP', ['1', '2']], ['-SIGHUP 1', 'HUP', ['1']], ['-s HUP -1', 'HUP', ['-1']], ['-n 1 1', '1', ['1']], ['-9 -1', '9', ['-1']],
  ['-- -1', undefined, ['-1']], ['-1', '1', []], ['-1 1', '1', ['1']], ['-l 9', undefined, []], ['--signal usr1 7', 'USR1', ['7']], ['', undefined, []],
])('kill %s sends %s to %j', (args, signal, targets) => {
  const read = readKill({ program: 'kill', args: args.split(' ').filter(Boolean), path: '' });
  expect(read.signal).toBe(signal);
  expect(read.targets).toEqual(targets);
});
