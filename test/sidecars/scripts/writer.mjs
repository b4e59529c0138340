// Writes numbered lines to a file: node writer.mjs FILE LINES RATE REOPEN [APPEND] [BYTES]
// LINES: how many; 0: until TERM. RATE: a second; 0: as fast as it can. REOPEN: prompt (at USR1), late (300 ms after USR1), never.
// APPEND: yes (O_APPEND) or no. BYTES: one write(2) each, cut anywhere (a program that buffers); 0: one line each.
// Says `ready` when the file is open and the handlers are there; `reopened` each time; at the end, how much and its longest write(2).
import { closeSync, constants, openSync, writeSync } from 'node:fs';

const [file, lines, rate, reopen = 'prompt', append = 'yes', bytes = '0'] = process.argv.slice(2);
const flags = constants.O_WRONLY | constants.O_CREAT | (append === 'yes' ? constants.O_APPEND : 0);
const wait = seconds => new Promise(done => setTimeout(done, seconds * 1000));
let fd = openSync(file, flags, 0o644);

function open() {
  const old = fd;
  fd = openSync(file, flags, 0o644);
  closeSync(old);
  console.log('reopened');
}

process.on('SIGUSR1', () => {
  if (reopen === 'prompt') open();
  if (reopen === 'late') setTimeout(open, 300);
});
let end = Number(lines) || Infinity;
process.on('SIGTERM', () => { end = 0; });
console.log('ready');

const start = performance.now();
let longest = 0;
function write(text) {
  const before = performance.now();
  writeSync(fd, text);
  longest = Math.max(longest, performance.now() - before);
}

let buffer = '';
let i = 0;
while (i < end) {
  // as many as are due by now
  const due = Math.min(end, Number(rate) ? Math.floor((performance.now() - start) / 1000 * Number(rate)) + 1 : i + 1000);
  for (; i < due; i++) {
    const line = `line ${String(i).padStart(10, '0')} ${'x'.repeat(83)}\n`;
    if (bytes === '0') {
      write(line);
      continue;
    }
    buffer += line;
    while (buffer.length >= Number(bytes)) {
      write(buffer.slice(0, Number(bytes)));
      buffer = buffer.slice(Number(bytes));
    }
  }
  await wait(Number(rate) ? Math.min(0.01, 1 / Number(rate)) : 0);
}
if (buffer) write(buffer);
closeSync(fd);
console.log(`wrote ${i} lines, longest write ${longest.toFixed(1)} ms`);
process.exit(0);
