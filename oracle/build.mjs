// Builds a program of this folder when it is not there yet, and prints its path: `node oracle/build.mjs pod-security`.
// `node oracle/build.mjs --fixtures` prints the folder of upstream's Pod Security pods, out of the Go module that holds them.
//
// Only binaries are kept: ~/.cache/cdk8s-shared-pid/k8s-<release>-<go version>-<hash of the sources>/<program>. What Go
// caches while it builds is 1 to 2 GB and is dropped, unless GOCACHE_KEEP names a folder for it (many builds share it).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const PROGRAMS = ['api-server', 'pod-security', 'debug-profiles', 'yaml-reading'];
const GO_ENVIRONMENT = { GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' };

/** Something that this machine does not have. Who asked counts its work as skipped. */
export class Missing extends Error {}

/** The Kubernetes release that the programs are pinned to: 1.37.2. */
export function kubernetesRelease() {
  return /^\s*k8s\.io\/kubernetes v(\S+)/m.exec(readFileSync(join(FOLDER, 'go.mod'), 'utf8'))[1];
}

/** The path of a program; builds it when these sources were not built before. */
export function buildProgram(program) {
  if (!PROGRAMS.includes(program)) throw new Error(`no program ${program} in oracle/, there are: ${PROGRAMS.join(', ')}`);
  const [goVersion, os, arch] = go(['env', 'GOVERSION', 'GOOS', 'GOARCH']).split('\n');
  requireGo(goVersion);
  const key = `k8s-${kubernetesRelease()}-${goVersion}-${sourceHash(program, `${os}/${arch}`)}`;
  const directory = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-shared-pid', key);
  const binary = join(directory, os === 'windows' ? `${program}.exe` : program);
  if (existsSync(binary)) return binary;

  console.error(`oracle: building ${program} for Kubernetes ${kubernetesRelease()}: some minutes, once`);
  mkdirSync(directory, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-go-'));
  const unfinished = `${binary}.${process.pid}`;
  try {
    const cache = process.env.GOCACHE_KEEP ? resolve(process.env.GOCACHE_KEEP) : join(work, 'cache');
    go(['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', unfinished, `./${program}`], { GOCACHE: cache, GOTMPDIR: work });
    renameSync(unfinished, binary); // a second build at the same time never sees half a file
  } finally {
    rmSync(unfinished, { force: true });
    rmSync(work, { recursive: true, force: true });
  }
  return binary;
}

/** The folder of upstream's Pod Security pods: {baseline,restricted}/v1.N/{pass,fail}/*.yaml. */
export function fixturesDirectory() {
  const module = 'k8s.io/pod-security-admission';
  go(['mod', 'download', module]);
  return join(go(['list', '-m', '-f', '{{.Dir}}', module]), 'test', 'testdata');
}

function go(args, environment = {}) {
  const run = spawnSync('go', args, { cwd: FOLDER, encoding: 'utf8', env: { ...process.env, ...GO_ENVIRONMENT, ...environment } });
  if (run.error?.code === 'ENOENT') throw new Missing('go is not on the PATH');
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`go ${args[0]} failed:\n${run.stderr}`);
  return run.stdout.trim();
}

function requireGo(version) {
  const needed = /^go (\d+)\.(\d+)/m.exec(readFileSync(join(FOLDER, 'go.mod'), 'utf8'));
  const found = /^go(\d+)\.(\d+)/.exec(version);
  if (found && (+found[1] - +needed[1] || +found[2] - +needed[2]) < 0) {
    throw new Missing(`go ${needed[1]}.${needed[2]} or newer, this one is ${version}`);
  }
}

/** Of what a program is built from: its own folder and what the programs have in common. */
function sourceHash(program, platform) {
  const hash = createHash('sha256').update(platform);
  const files = folder => readdirSync(join(FOLDER, folder), { recursive: true }).map(file => join(folder, file));
  for (const file of ['go.mod', 'go.sum', ...files('internal'), ...files(program)].filter(f => /(\.go|go\.mod|go\.sum)$/.test(f)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(FOLDER, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const wanted = process.argv[2];
    console.log(wanted === '--fixtures' ? fixturesDirectory() : buildProgram(wanted));
  } catch (problem) {
    console.error(problem instanceof Missing ? `oracle: missing: ${problem.message}` : problem.message);
    process.exitCode = problem instanceof Missing ? 2 : 1;
  }
}
