import { objectOf, runAsUserOf } from '../../manifest/pod-spec';
import { imagesOf } from '../known-image';
import { named } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

/** What the kubelet refuses, each time that it would start the container. */
export const noRootImageWithRunAsNonRoot: Safeguard = {
  id: 'no-root-image-with-run-as-non-root',
  title: 'No container that has to be non-root and runs as root',
  severity: Severity.ERROR,
  severities: 'error where `runAsUser` is 0; warning where the image is known to run as root; info where the image decides',
  why: 'With `runAsNonRoot: true` the kubelet refuses to start a container whose user is 0: the pod stays in `CreateContainerConfigError`. '
    + 'The same happens where only the image tells the user and that is root, or a name instead of a number; no manifest shows that.',
  remediation: 'Set `runAsUser` and `runAsGroup` of the container to the numbers of the user that the image is made for, or set its `runAsNonRoot: false` '
    + 'where it has to be root.',
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  *check({ spec, containers }) {
    const podValue = objectOf(spec.securityContext).runAsNonRoot;
    for (const { json, name, path } of containers) {
      const own = objectOf(json.securityContext);
      if ((own.runAsNonRoot ?? podValue) !== true) continue;
      const user = runAsUserOf(spec, json);
      if (user === 0) {
        yield {
          severity: Severity.ERROR,
          message: `${named(name)} has runAsNonRoot: true and runAsUser: 0, so the kubelet refuses to start it`,
          container: name,
          path: `${path}/securityContext`,
        };
      } else if (user === undefined) {
        const images = imagesOf(json.image);
        const isRoot = images.length > 0 && images.every(image => image.user === 0);
        yield {
          severity: isRoot ? Severity.WARNING : Severity.INFO,
          message: `${named(name)} has runAsNonRoot: true and no runAsUser: ${isRoot ? 'it does not start, for its image is known to run as root'
            : 'it starts only where its image names a user by a number that is not 0'}`,
          fix: `Set runAsUser and runAsGroup of ${named(name)} to the numbers of the user that its image is made for.`,
          container: name,
          path: `${path}/securityContext`,
        };
      }
    }
  },
};
