import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import {
  Answer, contentHash, findFiles, formatRecord, MANIFESTS, problems, readRecord, Record, recordPath, recordProblem, removeRecord, staleRecords,
  writeRecord,
} from './recorded-answers';

const root = join(__dirname, '..', '..');
const kubernetes = /^\s*k8s\.io\/kubernetes v(\S+)/m.exec(readFileSync(join(root, 'oracle', 'go.mod'), 'utf8'))![1];
const manifests = findFiles(root, MANIFESTS);

// What the API server's own code said to each manifest, as `npm run oracle` recorded it.
describe('the API server accepts', () => {
  test.each(manifests)('%s', manifest => {
    const text = readFileSync(join(root, manifest), 'utf8');
    const record = readRecord(root, manifest);
    expect(recordProblem(record, text, kubernetes)).toBeUndefined();
    expect(problems(text, record!.answers)).toEqual([]);
  });

  test('and each record belongs to a manifest', () => {
    expect(staleRecords(root, manifests)).toEqual([]);
  });
});

// Without these the tests above could pass because the server says nothing to anything.
describe('the API server refuses or warns about a sample', () => {
  test.each([
    ['refused-misspelt-field', 'unknown field "spec.shareProcesNamespace"'],
    ['refused-wrong-type', 'cannot unmarshal string'],
    ['refused-unknown-enum', 'supported values: "Always", "OnFailure", "Never"'],
    ['refused-host-pid', 'ShareProcessNamespace and HostPID cannot both be enabled'],
    ['refused-windows', 'cannot be set for a windows pod'],
    ['refused-duplicate-name', 'spec.containers[1].name: Duplicate value: "app"'],
    ['refused-privileged-without-escalation', 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'],
    ['warns-duplicate-variable', 'warns: spec.containers[0].env[1]: hides previous definition of "MODE"'],
  ])('%s', (sample, said) => {
    const { answers } = readRecord(root, `test/oracle/samples/${sample}.yaml`)!;
    expect(problems('', answers).join('\n')).toContain(said); // the file's own announcement left out
  });

  test('with the path of the field as the cause', () => {
    const [answer] = readRecord(root, 'test/oracle/samples/refused-host-pid.yaml')!.answers;
    expect(answer.validationErrors).toEqual([
      expect.objectContaining({ type: 'FieldValueInvalid', field: 'spec.shareProcessNamespace' }),
    ]);
  });

  test('but a capability that no kernel knows is accepted: only our own check sees it', () => {
    const [answer] = readRecord(root, 'test/oracle/samples/accepted-capability-without-effect.yaml')!.answers;
    expect(problems('', [answer])).toEqual([]);
    expect(answer.level).toBe('privileged');
  });
});

test('a List is taken apart and documents that hold nothing are left out', () => {
  const { answers } = readRecord(root, 'test/oracle/samples/accepted-kinds.yaml')!;
  expect(answers.slice(0, 3).map(({ index, item, kind }) => [index, item, kind])).toEqual([[0, 0, 'Namespace'], [0, 1, 'ServiceAccount'], [0, 2, 'ConfigMap']]);
  expect(answers.filter(({ level }) => level).map(({ kind }) => kind)).toEqual(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);
});

describe('problems', () => {
  const accepted: Answer = { index: 0, kind: 'Pod', name: 'web' };
  const refused: Answer = { ...accepted, validationErrors: [{ type: 'FieldValueInvalid', field: 'spec.x', message: 'Invalid value: 1' }] };
  const warned: Answer = { ...accepted, warnings: ['spec.y: deprecated'] };

  test('are none where the server accepts', () => {
    expect(problems('apiVersion: v1\n', [accepted])).toEqual([]);
    expect(problems('# a title\n\n# another line\napiVersion: v1\n', [accepted, accepted])).toEqual([]);
  });

  test('are what the server refuses, whatever the reason', () => {
    expect(problems('', [accepted, refused])).toEqual(['Pod web: the API server refuses it: spec.x: Invalid value: 1']);
    expect(problems('', [{ ...accepted, strictErrors: ['unknown field "a"'] }])).toEqual(['Pod web: the API server refuses it: unknown field "a"']);
    expect(problems('', [{ index: 3, error: 'no YAML' }])).toEqual(['document 3: the API server refuses it: no YAML']);
  });

  test('are what the server warns about', () => {
    expect(problems('', [warned])).toEqual(['Pod web: the API server warns: spec.y: deprecated']);
  });

  test('are none where the file announces what the server says', () => {
    expect(problems('# title\n# oracle: refused spec.x: Invalid\n# oracle: warns deprecated\nkind: Pod\n', [refused, warned])).toEqual([]);
  });

  test('are announcements that the server does not fulfil', () => {
    expect(problems('# oracle: refused spec.x\n', [accepted])).toEqual(['is meant to be \'refused spec.x\', but the API server does not say so']);
    expect(problems('# oracle: warns spec.x\n', [refused])).toEqual([
      'Pod web: the API server refuses it: spec.x: Invalid value: 1',
      'is meant to be \'warns spec.x\', but the API server does not say so',
    ]);
  });

  test('one announced refusal does not cover another one', () => {
    const both = { ...refused, strictErrors: ['unknown field "spec.z"'] };
    expect(problems('# oracle: refused spec.x\n', [both])).toEqual(['Pod web: the API server refuses it: unknown field "spec.z"']);
  });

  test('are announcements that say nothing or are not understood', () => {
    for (const line of ['# oracle: refused', '# oracle: rejects spec.x', '# oracle:']) {
      expect(problems(`${line}\nkind: Pod\n`, [accepted])).toEqual([`'${line}' is not understood: write '# oracle: refused TEXT' or '# oracle: warns TEXT'`]);
    }
  });

  test('an announcement counts at the top only', () => {
    expect(problems('kind: Pod\n# oracle: refused spec.x\n', [refused])).toHaveLength(1);
  });

  test('are files that hold no object', () => {
    expect(problems('# nothing\n', [])).toEqual(['holds no object']);
  });
});

describe('records', () => {
  let folder: string;
  const record: Record = { kubernetes: '1.37.2', sha256: contentHash('kind: Pod\n'), answers: [{ index: 0, kind: 'Pod' }, { index: 1 }] };
  const write = (path: string, text = ''): void => {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'recorded-answers-')); });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('are found again, one answer a line', () => {
    expect(readRecord(folder, 'test/manifests/a.yaml')).toBeUndefined();
    writeRecord(folder, 'test/manifests/a.yaml', record);
    expect(readRecord(folder, 'test/manifests/a.yaml')).toEqual(record);
    expect(formatRecord(record).split('\n')).toHaveLength(5);
  });

  test('speak for one text and one release', () => {
    expect(recordProblem(record, 'kind: Pod\n', '1.37.2')).toBeUndefined();
    expect(recordProblem(record, 'kind: Pod\r\n', '1.37.2')).toBeUndefined();
    expect(recordProblem(record, 'kind: Job\n', '1.37.2')).toBe('was changed after its answer was recorded: run npm run oracle');
    expect(recordProblem(record, 'kind: Pod\n', '1.38.0')).toBe('was answered by Kubernetes 1.37.2, not 1.38.0: run npm run oracle');
    expect(recordProblem(undefined, '', '1.37.2')).toBe('has no recorded answer: run npm run oracle');
  });

  test('that no manifest asks for are stale', () => {
    writeRecord(folder, 'test/manifests/a.yaml', record);
    writeRecord(folder, 'examples/x/expected.yaml', record);
    expect(staleRecords(folder, ['test/manifests/a.yaml', 'test/manifests/b.yaml'])).toEqual([recordPath('examples/x/expected.yaml')]);
    removeRecord(folder, recordPath('examples/x/expected.yaml'));
    expect(staleRecords(folder, ['test/manifests/a.yaml'])).toEqual([]);
    expect(existsSync(join(folder, recordPath('test/manifests/a.yaml')))).toBe(true);
  });

  test('manifests are found by their globs, in any depth, in a stable order, never in node_modules', () => {
    ['test/manifests/b.yaml', 'test/manifests/a/c.yaml', 'test/manifests/b.yml', 'examples/x/expected.k8s.yaml', 'examples/expected.yaml', 'examples/x/cdk8s.yaml',
      'examples/x/node_modules/y/expected.yaml', 'examples/x/dist/expected.txt', 'test/other/b.yaml'].forEach(path => write(path));
    expect(findFiles(folder, ['test/manifests/**/*.yaml', 'examples/**/expected*.yaml', 'nowhere/*.yaml'])).toEqual([
      'examples/expected.yaml', 'examples/x/expected.k8s.yaml', 'test/manifests/a/c.yaml', 'test/manifests/b.yaml',
    ]);
  });
});
