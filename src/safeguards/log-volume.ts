import { JudgedContainer, JudgedPod } from './judged-pod';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** A directory of the pod's own that several containers mount where logs are kept. */
export interface LogVolume {
  readonly name: string;
  /** Its `emptyDir`. */
  readonly emptyDir: JsonObject;
  /** JSON pointer of the volume. */
  readonly path: string;
  readonly containers: readonly JudgedContainer[];
}

const LOG_DIRECTORY = /(?:^|\/)logs?(?:\/|$)/;

/** The emptyDirs that more than one running container mounts, at least one of them at a directory called `log` or `logs`. */
export function logVolumesOf(pod: JudgedPod): LogVolume[] {
  const volumes = arrayOf(pod.spec.volumes);
  if (volumes.length === 0) return [];
  const users = new Map<unknown, { readonly containers: Set<JudgedContainer>; logs: boolean }>();
  for (const container of pod.running) {
    for (const mount of arrayOf(container.json.volumeMounts).map(objectOf)) {
      const use = users.get(mount.name) ?? { containers: new Set(), logs: false };
      use.containers.add(container);
      use.logs ||= typeof mount.mountPath === 'string' && mount.mountPath.length < 4096 && LOG_DIRECTORY.test(mount.mountPath);
      users.set(mount.name, use);
    }
  }
  return volumes.flatMap((item, i): LogVolume[] => {
    const { name, emptyDir } = objectOf(item);
    const use = users.get(name);
    if (typeof name !== 'string' || emptyDir === undefined || use === undefined || !use.logs || use.containers.size < 2) return [];
    return [{ name, emptyDir: objectOf(emptyDir), path: `${pod.specPath}/volumes/${i}`, containers: [...use.containers] }];
  });
}
