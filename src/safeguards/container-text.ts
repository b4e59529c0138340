import { commandsIn, ShellWord, TextPiece } from './shell-words';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** Where a text stands, in the words of a sentence. */
export type TextPlace = 'command' | 'probe' | 'hook' | 'script';

/** A text that is run: a container's command line, an exec probe, a lifecycle hook, or a mounted script. */
export class ContainerText {
  private parsed?: ShellWord[][];

  public constructor(
    /** Name of the container that runs it; empty for a mounted script. */
    public readonly container: string,
    /** The container's JSON. */
    public readonly json: JsonObject,
    public readonly place: TextPlace,
    /** `its livenessProbe`, `the script x of ConfigMap y`. */
    public readonly shown: string,
    public readonly pieces: readonly TextPiece[],
  ) {}

  /** Whether a piece matches: a cheap look before the commands are read. */
  public mentions(pattern: RegExp): boolean {
    return this.pieces.some(piece => pattern.test(piece.text));
  }

  public get commands(): ShellWord[][] {
    this.parsed ??= commandsIn(this.pieces);
    return this.parsed;
  }
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HOOKS = ['postStart', 'preStop'];

/** What a container's own JSON runs: `command` with `args`, exec probes, exec hooks. */
export function textsOf(name: string, json: JsonObject, path: string): ContainerText[] {
  const texts: ContainerText[] = [];
  const pieces = [...piecesOf(json.command, `${path}/command`), ...piecesOf(json.args, `${path}/args`)];
  if (pieces.length > 0) texts.push(new ContainerText(name, json, 'command', 'its command', pieces));
  for (const probe of PROBES) {
    if (json[probe] === undefined) continue;
    const command = piecesOf(objectOf(objectOf(json[probe]).exec).command, `${path}/${probe}/exec/command`);
    if (command.length > 0) texts.push(new ContainerText(name, json, 'probe', `its ${probe}`, command));
  }
  if (json.lifecycle === undefined) return texts;
  const lifecycle = objectOf(json.lifecycle);
  for (const hook of HOOKS) {
    const command = piecesOf(objectOf(objectOf(lifecycle[hook]).exec).command, `${path}/lifecycle/${hook}/exec/command`);
    if (command.length > 0) texts.push(new ContainerText(name, json, 'hook', `its ${hook} hook`, command));
  }
  return texts;
}

function piecesOf(list: unknown, path: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  arrayOf(list).forEach((text, i) => {
    if (typeof text === 'string') pieces.push({ text, path: `${path}/${i}` });
  });
  return pieces;
}
