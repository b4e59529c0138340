import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';

/** Those that act on the pod alone. Names are compared as they are written. */
const SAFE: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_notsent_lowat', // since 1.37
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_slow_start_after_idle', // since 1.37
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

/** No kernel parameter is set but the safe ones. */
export const sysctls: Control = {
  id: 'sysctls',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const forbidden = pod.sysctls.filter(name => !SAFE.has(name));
    return forbidden.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: forbidden.join(', '), containers: [] };
  },
};
