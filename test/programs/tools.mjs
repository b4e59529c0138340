// What the scenarios use: files in a private folder, private ports, small clients.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The body, or undefined when nobody answers. */
export function get(port, path = '/') {
  return new Promise(resolve => {
    const asked = request({ host: '127.0.0.1', port, path, timeout: 1000, agent: false }, answer => {
      let body = '';
      answer.setEncoding('utf8').on('data', part => { body += part; }).on('end', () => resolve(body)).on('error', () => resolve(undefined));
    });
    asked.on('timeout', () => asked.destroy()).on('error', () => resolve(undefined)).end();
  });
}

/** What a TCP server says to some bytes until `enough` is in it or a second is over; undefined when nobody listens. */
export function talk(port, bytes = '', enough = '') {
  return new Promise(resolve => {
    let said = '';
    const end = () => { socket.destroy(); resolve(said); };
    const socket = connect({ host: '127.0.0.1', port });
    socket.setTimeout(1000, end).on('error', () => resolve(said || undefined)).on('end', end)
      .on('data', data => { said += data.toString('latin1'); if (enough && said.includes(enough)) end(); })
      .on('connect', () => { if (bytes.length) socket.write(bytes); if (!enough) end(); });
  });
}

export function run(command, ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 60_000 });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}${error ?? ''}` };
}

export class Folder {
  constructor(path) {
    this.path = path;
    mkdirSync(path, { recursive: true, mode: 0o755 });
    chmodSync(path, 0o777); // workers run as other users
  }
  file(name) { return join(this.path, name); }
  write(name, text, mode = 0o644) {
    mkdirSync(dirname(this.file(name)), { recursive: true });
    writeFileSync(this.file(name), text, { mode });
    return this.file(name);
  }
  /** The same program by another name, such as the official image's. */
  link(target, name) {
    symlinkSync(target, this.file(name));
    return this.file(name);
  }
  read(name) { return existsSync(this.file(name)) ? readFileSync(this.file(name), 'utf8') : ''; }
}
