import { ApiObject } from 'cdk8s';

/** Writes the manifest of an object: `toJson` renders what is below. */
type Write = (toJson: () => unknown) => unknown;

type ApiObjectClass = new (...args: any[]) => ApiObject;

/** What is laid over one object. */
class Overlays {
  private readonly writes: Write[] = [];
  private inside = false;

  /** @param toJson renders what the user made */
  constructor(private readonly toJson: () => unknown) {}

  public add(write: Write): void {
    this.writes.push(write);
  }

  /** The object without any of our parts. */
  public readonly plain = (): unknown => {
    const outer = this.inside;
    this.inside = true;
    try {
      return this.toJson();
    } finally {
      this.inside = outer;
    }
  };

  public render(toJson: () => unknown): unknown {
    // what is rendered inside a write is what the user made: our part is laid over it once
    return this.inside ? toJson() : this.writes.reduce<() => unknown>((below, write) => () => write(below), toJson)();
  }
}

const OVERLAYS = Symbol('overlays');
const subclasses = new WeakMap<object, object>();

/**
 * Lets `write` make the manifest of one object, whoever asks for it: App, Chart and Testing in JavaScript, and apps in other
 * languages, whose calls go to the prototype of the object's class and pass over its own properties. So the object becomes
 * one of a subclass (one for each class), and a `toJson` of its own, where somebody has put one, is wrapped as well.
 *
 * @returns renders the object without `write`
 */
export function overlayToJson(api: ApiObject, write: Write): () => unknown {
  const holder = api as unknown as { readonly [OVERLAYS]?: Overlays };
  const overlays = holder[OVERLAYS] ?? install(api);
  overlays.add(write);
  return overlays.plain;
}

function install(api: ApiObject): Overlays {
  const own = Object.getOwnPropertyDescriptor(api, 'toJson');
  const inherited = api.toJson;
  const overlays = new Overlays(() => inherited.call(api));
  Object.defineProperty(api, OVERLAYS, { value: overlays });
  Object.setPrototypeOf(api, subclassOf(api));
  if (own?.configurable) Object.defineProperty(api, 'toJson', { ...own, value: () => overlays.render(overlays.plain) });
  return overlays;
}

function subclassOf(api: ApiObject): object {
  const base = Object.getPrototypeOf(api);
  let prototype = subclasses.get(base);
  if (!prototype) {
    const Base = base.constructor as ApiObjectClass;
    class Overlaid extends Base {
      public toJson(): any {
        return (this as unknown as { [OVERLAYS]: Overlays })[OVERLAYS].render(() => super.toJson());
      }
    }
    Object.setPrototypeOf(Overlaid.prototype, base); // also where `constructor` does not lead back to it
    Object.defineProperty(Overlaid, 'name', { value: Base.name });
    prototype = Overlaid.prototype;
    subclasses.set(base, prototype);
  }
  return prototype;
}
