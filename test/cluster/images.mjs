// Images of the test node, made from Debian's programs: `images.mjs make FOLDER PROGRAMS` writes one folder an image, with our
// own programs in it; `images.mjs push FOLDER URL` puts them into a registry by its HTTP interface.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const sha256 = data => `sha256:${createHash('sha256').update(data).digest('hex')}`;

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? stderr}`);
  return stdout;
}

function put(root, path, content, mode = 0o644) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), mode);
}

/** A program with the shared libraries that it loads. */
function program(root, path) {
  const libraries = run('ldd', [path]).matchAll(/(\/\S+) \(0x/g);
  for (const file of [path, ...[...libraries].map(match => match[1])]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    copyFileSync(file, join(root, file));
    chmodSync(join(root, file), 0o755);
  }
}

const folders = (root, ...paths) => paths.forEach(path => mkdirSync(join(root, path), { recursive: true }));

function busybox(root, users) {
  folders(root, 'bin', 'etc', 'proc', 'sys', 'dev', 'var/log', 'root');
  mkdirSync(join(root, 'tmp'), { mode: 0o777 });
  chmodSync(join(root, 'tmp'), 0o1777);
  copyFileSync('/bin/busybox', join(root, 'bin', 'busybox'));
  for (const applet of run('/bin/busybox', ['--list']).trim().split('\n')) {
    if (applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet));
  }
  put(root, 'etc/passwd', `root:x:0:0:root:/root:/bin/sh\n${users}`);
}

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Each: its names and tags, what is in it, and its configuration. */
const IMAGES = {
  'pause': {
    names: ['pause:3.10'],
    fill: (root, programs) => put(root, 'pause', readFileSync(join(programs, 'pause')), 0o755),
    config: { Entrypoint: ['/pause'], User: '65535:65535' },
  },
  'busybox': {
    names: ['library/busybox:1.37.0', 'library/busybox:1.28', 'library/busybox:latest'],
    fill: root => busybox(root, ''),
    config: { Cmd: ['sh'], Env: [PATH] },
  },
  // what stands for the user's own program: not root, answers at the port that a probe of a test asks, ends at TERM
  'app': {
    names: ['app:1', 'tools:2'],
    fill: root => busybox(root, 'app:x:1000:1000:app:/:/bin/sh\n'),
    config: { Entrypoint: ['/bin/sh', '-c', 'trap "exit 0" TERM; nc -ll -p 9901 -e true & while :; do sleep 3600 & wait $!; done', 'app'], Env: [PATH], User: '1000:1000' },
  },
  'init': {
    names: ['prepare:1'],
    fill: root => busybox(root, ''),
    config: { Entrypoint: ['true'], Env: [PATH], User: '1000:1000' },
  },
  'nginx': {
    names: ['library/nginx:1.27', 'library/nginx:latest'],
    fill: root => {
      program(root, '/usr/sbin/nginx');
      // Debian's own configuration; its user has the number that it has in the official image
      cpSync('/etc/nginx', join(root, 'etc/nginx'), { recursive: true, dereference: true, filter: path => !/modules-enabled\/./.test(path) });
      folders(root, 'proc', 'sys', 'dev', 'run', 'var/lib/nginx', 'var/log/nginx', 'var/www/html');
      mkdirSync(join(root, 'tmp'));
      chmodSync(join(root, 'tmp'), 0o1777);
      symlinkSync('/dev/stdout', join(root, 'var/log/nginx/access.log'));
      symlinkSync('/dev/stderr', join(root, 'var/log/nginx/error.log'));
      put(root, 'etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nwww-data:x:101:101:www-data:/var/www:/bin/false\n');
      put(root, 'etc/group', 'root:x:0:\nwww-data:x:101:\n');
      for (const library of ['libnss_files.so.2', 'libnss_compat.so.2']) {
        const file = `/lib/x86_64-linux-gnu/${library}`;
        if (existsSync(file)) copyFileSync(file, join(root, file));
      }
    },
    config: { Entrypoint: ['/usr/sbin/nginx'], Cmd: ['-g', 'daemon off;'], Env: [PATH], StopSignal: 'SIGQUIT' },
  },
};

/** What tries the accesses, and the files of root's that it tries to read. */
function addProbe(root, programs) {
  put(root, 'probe', readFileSync(join(programs, 'probe')), 0o755);
  put(root, 'data/root0644', 'root0644', 0o644);
  put(root, 'data/root0600', 'root0600', 0o600);
}

function make(folder, programs) {
  for (const [image, { names, fill, config }] of Object.entries(IMAGES)) {
    const root = join(folder, image, 'root');
    mkdirSync(root, { recursive: true });
    fill(root, programs);
    if (image !== 'pause') addProbe(root, programs);
    const layer = join(folder, image, 'layer.tar');
    run('tar', ['--numeric-owner', '--owner=0', '--group=0', '--mtime=@0', '--sort=name', '-cf', layer, '-C', root, '.']);
    rmSync(root, { recursive: true });
    const digest = sha256(readFileSync(layer));
    const text = JSON.stringify({ architecture: process.arch === 'arm64' ? 'arm64' : 'amd64', os: 'linux', config, rootfs: { type: 'layers', diff_ids: [digest] } });
    writeFileSync(join(folder, image, 'config.json'), text);
    writeFileSync(join(folder, image, 'names.json'), JSON.stringify(names));
  }
}

async function push(folder, registry) {
  for (const image of readdirSync(folder)) {
    const [layer, config] = ['layer.tar', 'config.json'].map(file => readFileSync(join(folder, image, file)));
    for (const name of JSON.parse(readFileSync(join(folder, image, 'names.json'), 'utf8'))) {
      const [repository, tag] = name.split(':');
      for (const blob of [layer, config]) {
        const { headers } = await request('POST', `${registry}/v2/${repository}/blobs/uploads/`);
        const location = new URL(headers.get('location'), registry);
        location.searchParams.set('digest', sha256(blob));
        await request('PUT', location, blob, 'application/octet-stream');
      }
      const manifest = {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: { mediaType: 'application/vnd.oci.image.config.v1+json', size: config.length, digest: sha256(config) },
        layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', size: layer.length, digest: sha256(layer) }],
      };
      await request('PUT', `${registry}/v2/${repository}/manifests/${tag}`, JSON.stringify(manifest), manifest.mediaType);
    }
  }
}

async function request(method, url, body, type) {
  const response = await fetch(url, { method, body, headers: type ? { 'content-type': type } : {} });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

const [action, folder, argument] = process.argv.slice(2);
if (action === 'make') make(folder, argument);
else await push(folder, argument);
