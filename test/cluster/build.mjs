// Builds the Kubernetes programs that the test node runs, from Go modules pinned by kubernetes/go.sum (about 8 minutes of two
// cores, once), and our own small ones. Only binaries are kept, below ~/.cache/cdk8s-shared-pid/, in a folder whose name holds
// the release, the version of Go and a hash of the sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const PROGRAMS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kubectl'];
/** What runs in the pods: Kubernetes' sandbox, and what tries the accesses. */
const OWN = ['pause', 'probe'];
const ENVIRONMENT = { GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' };

/** The folder of the Kubernetes programs; builds those that are missing. */
export function buildKubernetes() {
  const modules = join(FOLDER, 'kubernetes');
  const release = /k8s\.io\/kubernetes v(\S+)/.exec(readFileSync(join(modules, 'go.mod'), 'utf8'))[1];
  const version = 'k8s.io/component-base/version';
  const stamp = `-X ${version}.gitVersion=v${release} -X ${version}.gitMajor=1 -X ${version}.gitMinor=${release.split('.')[1]} -X ${version}.gitTreeState=clean`;
  return build(`node-${release}`, [join(modules, 'go.mod'), join(modules, 'go.sum')], PROGRAMS, (program, output, cache) =>
    go(['build', '-trimpath', '-ldflags', `-s -w ${stamp}`, '-o', output, `k8s.io/kubernetes/cmd/${program}`], modules, { ...cache, GOFLAGS: '-mod=readonly' }));
}

/**
 * The folder of our own programs; builds those that are missing.
 *
 * @param architecture of the nodes, as Go and Kubernetes call it: amd64, arm64
 */
export function buildOwn(architecture = { x64: 'amd64' }[process.arch] ?? process.arch) {
  const sources = program => readdirSync(join(FOLDER, program)).filter(file => file.endsWith('.go')).sort();
  return build(`node-own-${architecture}`, OWN.flatMap(program => sources(program).map(file => join(FOLDER, program, file))), OWN, (program, output, cache) =>
    go(['build', '-trimpath', '-ldflags', '-s -w', '-o', output, ...sources(program)], join(FOLDER, program), { ...cache, GO111MODULE: 'off', GOOS: 'linux', GOARCH: architecture }));
}

function build(title, sources, programs, compile) {
  const hash = createHash('sha256');
  for (const file of sources) hash.update(readFileSync(file));
  const goVersion = go(['env', 'GOVERSION'], tmpdir()).trim();
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-shared-pid', `${title}-${goVersion}-${hash.digest('hex').slice(0, 12)}`);
  const missing = programs.filter(program => !existsSync(join(folder, program)));
  if (missing.length === 0) return folder;

  console.log(`building ${missing.join(', ')} (${title}): once`);
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-build-'));
  try {
    for (const program of missing) {
      const unfinished = join(folder, `${program}.${process.pid}`);
      compile(program, unfinished, { GOCACHE: join(work, 'cache'), GOTMPDIR: work }); // one cache for all: they share most packages
      renameSync(unfinished, join(folder, program)); // a second build at the same time never sees half a file
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function go(args, cwd, environment = {}) {
  const run = spawnSync('go', args, { cwd, encoding: 'utf8', env: { ...process.env, ...ENVIRONMENT, ...environment } });
  if (run.status !== 0) throw new Error(`go ${args.join(' ')} failed:\n${run.error ?? ''}${run.stderr ?? ''}`);
  return run.stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`${buildKubernetes()}\n${buildOwn()}`);
