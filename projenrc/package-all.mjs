// `npm run package [js python java go dotnet]`: writes the package of every language to dist/. What a language needs and this
// machine does not have is said in one line; the others are written all the same.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const dist = join(root, 'dist');
const bin = name => join(root, 'node_modules', '.bin', name);
const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
const wanted = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-package-'));
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-shared-pid');

function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${error ?? ''}${stdout ?? ''}${stderr ?? ''}`);
  return stdout;
}

const has = command => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
const pacmak = (target, outdir, projects, ...options) => run(bin('jsii-pacmak'), ['--target', target, '--outdir', outdir, ...options, ...projects]);

/** The first project is ours; `--outdir` stands between, for `--target` takes all that follows it. */
const OURS = ['.'];
const version = name => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

/** The Java package of cdk8s-plus-28 is not on every Maven repository: it is built once from its npm package, and kept. */
function mavenRepositoryWithPlus() {
  const name = 'cdk8s-plus-28';
  const repository = join(cache, `maven-${name}-${version(name)}`);
  const installed = join('org', 'cdk8s', name, version(name), `${name}-${version(name)}`);
  if (!existsSync(join(repository, `${installed}.jar`))) {
    const out = join(work, 'plus-java');
    pacmak('java', out, [join('node_modules', name)]);
    const built = join(out, 'java', installed);
    run('mvn', ['-q', '-B', `-Dmaven.repo.local=${repository}`, 'install:install-file', `-Dfile=${built}.jar`, `-DpomFile=${built}.pom`]);
  }
  return repository;
}

const LANGUAGES = {
  js: {
    missing: () => undefined,
    write: () => {
      mkdirSync(join(dist, 'js'), { recursive: true });
      run('npm', ['pack', '--silent', '--pack-destination', join(dist, 'js')]);
    },
  },
  python: {
    missing: () => has('python3') ? undefined : 'python3',
    write: () => pacmak('python', dist, OURS),
  },
  java: {
    missing: () => has('mvn') && has('javac') ? undefined : 'mvn and a JDK',
    write: () => {
      const repository = mavenRepositoryWithPlus();
      const out = join(work, 'java');
      pacmak('java', out, OURS, '--maven-local-repository', repository);
      cpSync(join(out, 'java'), join(dist, 'java'), { recursive: true });
    },
  },
  go: {
    missing: () => undefined, // a Go module is its sources
    write: () => pacmak('go', dist, OURS, '--code-only'),
  },
  dotnet: {
    missing: () => undefined,
    write: () => {
      pacmak('dotnet', dist, OURS, ...has('dotnet') ? [] : ['--code-only']);
      if (!has('dotnet')) console.log('dotnet: the sources are generated and were not compiled: there is no dotnet here');
    },
  },
};

const unknown = wanted.filter(name => !(name in LANGUAGES));
if (unknown.length) {
  console.error(`no such language: ${unknown.join(', ')}; there are ${Object.keys(LANGUAGES).join(', ')}`);
  process.exit(1);
}
try {
  run(bin('jsii'), ['--fail-on-warnings']);
  run(process.execPath, ['projenrc/copy-scripts.mjs']);
  for (const name of wanted.length ? wanted : Object.keys(LANGUAGES)) {
    const missing = LANGUAGES[name].missing();
    if (missing) {
      console.log(`${name}: skipped: it needs ${missing}`);
      continue;
    }
    const start = Date.now();
    rmSync(join(dist, name), { recursive: true, force: true });
    LANGUAGES[name].write();
    console.log(`${name}: dist/${name}: ${readdirSync(join(dist, name)).join(', ')} (${((Date.now() - start) / 1000).toFixed(0)} s)`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
