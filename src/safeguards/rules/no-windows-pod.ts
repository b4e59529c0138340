import { objectOf } from '../../manifest/pod-spec';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

const OS_LABELS = ['kubernetes.io/os', 'beta.kubernetes.io/os'];

/** Windows has no process namespaces that containers could share. */
export const noWindowsPod: Safeguard = {
  id: 'no-windows-pod',
  title: 'No shared process namespace in a Windows pod',
  severity: Severity.ERROR,
  severities: 'error by `spec.os.name`; warning by `nodeSelector`',
  why: 'Process namespaces are a feature of the Linux kernel. The API server refuses `shareProcessNamespace` in a pod with '
    + '`os.name: windows`. A pod that a node selector sends to a Windows node is accepted, and does not share there.',
  remediation: 'Remove `shareProcessNamespace`, and the sidecars that need it, from the pods for Windows.',
  links: ['https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers'],
  *check({ spec, specPath, shares }) {
    if (!shares) return;
    if (objectOf(spec.os).name === 'windows') {
      yield { severity: Severity.ERROR, message: 'the pod is for Windows and has shareProcessNamespace: true, which the API server refuses', path: `${specPath}/os/name` };
      return;
    }
    const selector = objectOf(spec.nodeSelector);
    for (const label of OS_LABELS) {
      if (selector[label] !== 'windows') continue;
      yield {
        severity: Severity.WARNING,
        message: 'the node selector sends the pod to Windows nodes, where no process namespace can be shared',
        path: `${specPath}/nodeSelector/${label.replace('/', '~1')}`,
      };
      return;
    }
  },
};
