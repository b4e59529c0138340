import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

/** @see https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/ */
export const noHostPid: Safeguard = {
  id: 'no-host-pid',
  title: 'No shared process namespace together with the node\'s',
  severity: Severity.ERROR,
  severities: 'error',
  why: 'A pod has one process namespace: its own, shared by its containers, or the node\'s. The API server refuses a pod that asks for '
    + 'both. With `hostPID` alone the containers see each other already, and every process of the node as well.',
  remediation: 'Remove `hostPID`, or remove `shareProcessNamespace` where the pod really needs the processes of the node.',
  links: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  ],
  *check({ spec, specPath, shares }) {
    if (shares && spec.hostPID === true) {
      yield { severity: Severity.ERROR, message: 'the pod has hostPID: true and shareProcessNamespace: true, which the API server refuses', path: `${specPath}/hostPID` };
    }
  },
};
