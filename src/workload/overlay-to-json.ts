import { ApiObject } from 'cdk8s';

/** Writes the manifest of an object: `toJson` renders what is below. */
type Write = (toJson: () => unknown) => unknown;

type ApiObjectClass = new (...args: any[]) => ApiObject;

const WRITE = Symbol('write');
const subclasses = new WeakMap<object, object>();

/**
 * Lets `write` make the manifest of one object, whoever asks for it: App, Chart and Testing in JavaScript, and apps in other
 * languages, whose calls go to the prototype of the object's class and pass over its own properties. So the object becomes
 * one of a subclass (one for each class), and a `toJson` of its own, where somebody has put one, is wrapped as well.
 *
 * @returns renders the object without `write`
 */
export function overlayToJson(api: ApiObject, write: Write): () => unknown {
  const own = Object.getOwnPropertyDescriptor(api, 'toJson');
  const inherited = api.toJson;
  let inside = false;
  const plain = () => {
    const outer = inside;
    inside = true;
    try {
      return inherited.call(api);
    } finally {
      inside = outer;
    }
  };
  // what is rendered inside a write is what the user made: our part is laid over it once
  Object.defineProperty(api, WRITE, { value: (toJson: () => unknown) => inside ? toJson() : write(toJson) });
  Object.setPrototypeOf(api, subclassOf(api));
  if (own?.configurable) Object.defineProperty(api, 'toJson', { ...own, value: () => inside ? plain() : write(plain) });
  return plain;
}

function subclassOf(api: ApiObject): object {
  const base = Object.getPrototypeOf(api);
  let prototype = subclasses.get(base);
  if (!prototype) {
    const Base = base.constructor as ApiObjectClass;
    class Overlaid extends Base {
      public toJson(): any {
        return (this as unknown as { [WRITE]: Write })[WRITE](() => super.toJson());
      }
    }
    Object.setPrototypeOf(Overlaid.prototype, base); // also where `constructor` does not lead back to it
    Object.defineProperty(Overlaid, 'name', { value: Base.name });
    prototype = Overlaid.prototype;
    subclasses.set(base, prototype);
  }
  return prototype;
}
