import { Format, Output } from './explain';
import { readInput } from './read-input';
import { diffAccess } from '../access/access-diff';
import { accessMatrix, AccessMatrix } from '../access/access-matrix';
import { ManifestPod } from '../manifest/pods-of';
import { diffDocument, isGain, PodDiff } from '../report/diff-document';
import { toMarkdown, toText } from '../report/document';
import { titleOf } from '../report/pod-explanation';

/** A pod that is not there: nobody reaches anybody. */
const NO_POD: AccessMatrix = accessMatrix({ shareProcessNamespace: true, containers: [] });

/**
 * Who gained and lost what between two versions of manifests: for a pull request. Pods are the same when kind, namespace and
 * name are; of a pod that is new everything is gained.
 *
 * @returns code 1 when somebody gained an access or a path, or may have without it being seen
 */
export function diff(oldSource: string, newSource: string, format: Exclude<Format, 'json'>): Output {
  const [before, after] = [readInput(oldSource), readInput(newSource)];
  const [was, is] = [byTitle(before.pods), byTitle(after.pods)];
  const pods = [...new Set([...was.keys(), ...is.keys()])].map((title): PodDiff => (
    { title, diff: diffAccess(matrixOf(was.get(title)), matrixOf(is.get(title))) }
  ));
  const render = format === 'markdown' ? toMarkdown : toText;
  return {
    stdout: render(diffDocument(pods)),
    stderr: [...before.notes, ...after.notes].map(note => `${note}\n`).join(''),
    code: pods.some(pod => isGain(pod.diff)) ? 1 : 0,
  };
}

function matrixOf(pod: ManifestPod | undefined): AccessMatrix {
  return pod ? accessMatrix(pod.spec, { annotations: pod.metadata.annotations }) : NO_POD;
}

/** Two pods of one name in a stream are told apart by their order. */
function byTitle(pods: readonly ManifestPod[]): Map<string, ManifestPod> {
  const found = new Map<string, ManifestPod>();
  for (const pod of pods) {
    let title = titleOf(pod);
    for (let n = 2; found.has(title); n++) title = `${titleOf(pod)} (${n})`;
    found.set(title, pod);
  }
  return found;
}
