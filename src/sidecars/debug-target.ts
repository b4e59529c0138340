import { containersOf, JsonObject, PodContainer } from '../manifest/pod-spec';
import { constructError, quoted } from '../workload/construct-error';

/** The containers that a debugger looks at: the named one, else all that run beside it. */
export function targetsOf(spec: JsonObject, target?: string): PodContainer[] {
  const running = containersOf(spec).filter(container => container.role !== 'init');
  return target === undefined ? running : running.filter(container => container.name === target);
}

/** Refuses a target that is not there, or is an init container that has ended when the sidecar could look at it. */
export function checkTarget(path: string, spec: JsonObject, target: string | undefined, ours: readonly string[]): void {
  if (target === undefined) return;
  const containers = containersOf(spec).filter(container => !ours.includes(container.name));
  const found = containers.find(container => container.name === target);
  if (!found) {
    const names = containers.filter(container => container.role !== 'init').map(container => `'${container.name}'`).join(', ');
    throw constructError(path, `target ${quoted(target)} is no container of the pod`, `It has ${names || 'none so far: add the container first'}`);
  }
  if (found.role === 'init') {
    throw constructError(path, `target ${quoted(target)} is an init container: it has ended before this one can look at it`,
      'Give a container that runs, or leave target out');
  }
}
