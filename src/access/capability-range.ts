import { ContainerRuntime } from './container-runtime';
import { arrayField, booleanField, Field, fieldOf, MALFORMED, Malformed, objectField } from './field';
import { NodeSettings } from './node-settings';
import { ALL_CAPABILITIES } from '../kernel/capability';
import { CapabilitySet } from '../kernel/capability-set';
import { containerCapabilities } from '../kernel/container-capabilities';
import { JsonObject } from '../manifest/pod-spec';

/** The bounding set of a container, as far as the manifest tells it: it holds `least`, and nothing beyond `most`. */
export interface CapabilityRange {
  readonly least: CapabilitySet;
  readonly most: CapabilitySet;
  /** What would settle it; empty when `least` is `most`. */
  readonly settle: readonly string[];
  /** A field has a type that Kubernetes refuses. */
  readonly malformed: boolean;
  /** `least` on nodes whose runtime has the other default set; undefined when the default plays no part or is stated. */
  readonly underOtherDefault?: CapabilitySet;
  readonly privileged: Field<boolean>;
}

interface Names {
  /** Read alike by every runtime. */
  readonly sure: readonly string[];
  /** With `CAP_` in front: containerd ignores them, CRI-O takes them. */
  readonly maybe: readonly string[];
  readonly malformed: boolean;
}

const NO_NAMES: Names = { sure: [], maybe: [], malformed: false };
const MALFORMED_NAMES: Names = { sure: [], maybe: [], malformed: true };
const NO_SETTLE: readonly string[] = [];

/**
 * The capabilities of a container, from its own `securityContext` (the pod has no such fields).
 *
 * @param name the container's name, for what would settle it
 */
export function capabilityRange(name: string, own: JsonObject | Malformed, node: NodeSettings): CapabilityRange {
  const privileged = booleanField(fieldOf(own, 'privileged'));
  if (privileged === true) return { least: CapabilitySet.ALL, most: CapabilitySet.ALL, settle: NO_SETTLE, malformed: false, privileged };
  const capabilities = own === MALFORMED ? MALFORMED : objectField(own.capabilities);
  const add = namesOf(fieldOf(capabilities, 'add'), node);
  const drop = namesOf(fieldOf(capabilities, 'drop'), node);
  const settle = settles(name, own, privileged, capabilities, add, drop);
  const malformed = own === MALFORMED || privileged === MALFORMED || capabilities === MALFORMED || add.malformed || drop.malformed;

  const least = (defaults: CapabilitySet) => capabilities === MALFORMED || drop.malformed
    ? CapabilitySet.NONE
    : containerCapabilities({ privileged: false, add: add.sure, drop: both(drop) }, defaults);
  const most = own === MALFORMED || privileged === MALFORMED || capabilities === MALFORMED || add.malformed
    ? CapabilitySet.ALL
    : settle === NO_SETTLE ? undefined : containerCapabilities({ privileged: false, add: both(add), drop: drop.sure }, node.defaultCapabilities);
  const low = least(node.defaultCapabilities);
  const usesDefault = !namesAll(add.sure) && !namesAll(drop.sure);
  return {
    least: low,
    most: most ?? low,
    settle,
    malformed,
    underOtherDefault: usesDefault && node.otherDefaultCapabilities ? least(node.otherDefaultCapabilities) : undefined,
    privileged,
  };
}

function both(names: Names): readonly string[] {
  return names.maybe.length ? [...names.sure, ...names.maybe] : names.sure;
}

function namesAll(names: readonly string[]): boolean {
  return names.some(name => name.toUpperCase() === ALL_CAPABILITIES);
}

/** CRI-O takes exactly this prefix, in capitals. */
const PREFIX = 'CAP_';

function namesOf(value: unknown, node: NodeSettings): Names {
  const list = arrayField(value);
  if (list === undefined) return NO_NAMES;
  if (list === MALFORMED) return MALFORMED_NAMES;
  const strings = list.filter((name): name is string => typeof name === 'string');
  if (strings.length !== list.length) return MALFORMED_NAMES;
  const prefixed = strings.filter(name => name.startsWith(PREFIX));
  if (prefixed.length === 0) return { sure: strings, maybe: [], malformed: false };
  const others = strings.filter(name => !name.startsWith(PREFIX));
  const known = prefixed.map(name => name.slice(PREFIX.length)).filter(name => CapabilitySet.of([name]).size === 1);
  if (node.runtime === ContainerRuntime.CRI_O) return { sure: [...others, ...known], maybe: [], malformed: false };
  return { sure: others, maybe: node.runtime === ContainerRuntime.CONTAINERD ? [] : known, malformed: false };
}

function settles(
  name: string, own: JsonObject | Malformed, privileged: Field<boolean>, capabilities: JsonObject | Malformed, add: Names, drop: Names,
): readonly string[] {
  if (own === MALFORMED) return [`make securityContext of \`${name}\` an object`];
  const result: string[] = [];
  if (privileged === MALFORMED) result.push(`make privileged of \`${name}\` true or false`);
  if (capabilities === MALFORMED) result.push(`make capabilities of \`${name}\` an object`);
  for (const [field, names] of [['add', add], ['drop', drop]] as const) {
    if (capabilities !== MALFORMED && names.malformed) result.push(`make capabilities.${field} of \`${name}\` a list of names`);
    for (const capability of names.maybe) result.push(`write ${capability} without CAP_ in capabilities.${field} of \`${name}\``);
  }
  return result.length ? result : NO_SETTLE;
}
