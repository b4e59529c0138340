// What the access engine says of manifests: `expected-access.ts NODE_FACTS FILE ...` prints, for each file, its rows as JSON, a line each.
import { readFileSync } from 'fs';
import { accessMatrix } from '../../src/access/access-matrix';
import { readYaml } from '../../src/cli/read-yaml';
import { podsOf } from '../../src/manifest/pods-of';

const [facts, ...files] = process.argv.slice(2);
for (const file of files) {
  const [pod] = readYaml(readFileSync(file, 'utf8')).flatMap(({ value }) => podsOf(value));
  const { rows, notice, problems } = accessMatrix(pod.spec, { node: JSON.parse(facts) });
  console.log(JSON.stringify({ rows, notice, problems }));
}
