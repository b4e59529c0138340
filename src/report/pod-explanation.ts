import { AccessMatrix, accessMatrix } from '../access/access-matrix';
import { AccessOptions } from '../access/access-options';
import { podSecurity } from '../admission/pod-security';
import { PodSecurityReport } from '../admission/pod-security-report';
import { ManifestPod } from '../manifest/pods-of';
import { evaluate } from '../safeguards/evaluate';
import { Finding } from '../safeguards/finding';

/** What is said about one pod of a manifest. */
export interface PodExplanation {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly matrix: AccessMatrix;
  readonly podSecurity: PodSecurityReport;
  /** What the safeguards say; undefined where they were not asked. */
  readonly findings?: readonly Finding[];
}

/** What the safeguards are asked with. */
export interface SafeguardOptions {
  /** The documents of the same output: the same list for each pod. */
  readonly documents: readonly unknown[];
  /** The day on which acknowledgements that end are judged, `2027-01-31`. */
  readonly today: string;
}

/** Explains one pod. */
export function explainPod(pod: ManifestPod, safeguards: SafeguardOptions, options: AccessOptions = {}): PodExplanation {
  const { kind, name, namespace, object, spec, metadata } = pod;
  const matrix = accessMatrix(spec, { annotations: metadata.annotations, ...options });
  return {
    kind,
    name,
    namespace,
    matrix,
    podSecurity: podSecurity(spec, metadata),
    findings: evaluate(object, { ...safeguards, accessMatrix: matrix }),
  };
}

/** How a report names the pod: `Deployment shop/api`. */
export function titleOf({ kind, name, namespace }: { readonly kind: string; readonly name: string; readonly namespace: string }): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name || '(no name)'}`;
}
