import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** Annotations of the workload object that tell what a container of ours is for: this and the container's name. */
export const INTENT_PREFIX = 'intent.cdk8s-shared-pid/';

/** What a container of ours was asked to do. */
export interface Intent {
  /** Values of Access: `read-files`. */
  readonly access: readonly string[];
  /** Containers that it is for; undefined where nothing tells. */
  readonly targets?: readonly string[];
  /** The profile of kubectl debug that it has instead of an intent. */
  readonly profile?: string;
  /** `debug`, `log-handler` ...: the construct that made it. */
  readonly sidecar?: string;
  /** The signal that it sends to its targets: `HUP`. */
  readonly signal?: string;
}

/** Longer values are nothing that we wrote. */
const MAX_LENGTH = 4096;

/**
 * Reads the value of such an annotation: `read-files,signal`, `profile:general`, or JSON:
 * `{"access": ["read-files"], "targets": ["api"], "sidecar": "debug"}`. What is no such thing is an empty intent.
 */
export function parseIntent(value: unknown): Intent {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return { access: [] };
  const text = value.trim();
  if (text.startsWith('{')) return parseJson(text);
  const words = text.split(',').map(word => word.trim()).filter(word => word !== '');
  const profile = words.find(word => word.startsWith('profile:'))?.slice('profile:'.length);
  return { access: words.filter(word => !word.startsWith('profile:')), ...(profile === undefined ? {} : { profile }) };
}

/** The value of the annotation for an intent: the short form where that says all. */
export function formatIntent(intent: Intent): string {
  const { access, targets, profile, sidecar, signal } = intent;
  if (targets === undefined && sidecar === undefined && signal === undefined) return [...access, ...(profile === undefined ? [] : [`profile:${profile}`])].join(',');
  return JSON.stringify({ access: [...access], targets, profile, sidecar, signal });
}

/** The intents that an object's annotations hold, by container. */
export function intentsOf(annotations: JsonObject): ReadonlyMap<string, Intent> {
  const intents = new Map<string, Intent>();
  for (const key of Object.keys(annotations)) {
    if (key.startsWith(INTENT_PREFIX)) intents.set(key.slice(INTENT_PREFIX.length), parseIntent(annotations[key]));
  }
  return intents;
}

function parseJson(text: string): Intent {
  let json: JsonObject;
  try {
    json = objectOf(JSON.parse(text));
  } catch {
    return { access: [] };
  }
  const strings = (value: unknown) => arrayOf(value).filter((item): item is string => typeof item === 'string');
  return {
    access: strings(json.access),
    ...(Array.isArray(json.targets) ? { targets: strings(json.targets) } : {}),
    ...(typeof json.profile === 'string' ? { profile: json.profile } : {}),
    ...(typeof json.sidecar === 'string' ? { sidecar: json.sidecar } : {}),
    ...(typeof json.signal === 'string' ? { signal: json.signal } : {}),
  };
}
