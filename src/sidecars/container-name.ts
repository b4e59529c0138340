import { constructError, quoted } from '../workload/construct-error';

/** What Kubernetes takes as a container's name: a DNS label (RFC 1123). */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Refuses a container name that the API server would refuse. */
export function checkContainerName(path: string, name: unknown): void {
  if (typeof name === 'string' && DNS_LABEL.test(name)) return;
  throw constructError(path, `${quoted(name)} is no container name: it must be a DNS label (lower case letters, digits and '-', at most 63)`,
    "Give one with 'name'");
}
