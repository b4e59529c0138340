import { Program } from '../../src/programs/program';
import { ProgramFacts, SignalEffect, SignalFacts } from '../../src/programs/program-facts';

export const BEGIN = '<!-- generated from src/programs by npm run test:update -->';
export const END = '<!-- end of the generated part -->';

/** The programs of the catalog: the constant's name, and its facts. */
export const CATALOG: readonly (readonly [string, ProgramFacts])[] = Object.entries(Program)
  .filter((entry): entry is [string, Program] => entry[1] instanceof Program)
  .map(([constant, program]) => [constant, program._facts]);

const code = (text: string) => `\`${text}\``;
const row = (...cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|') || '-').join(' | ')} |`;

function signalsWith(facts: ProgramFacts, ...effects: readonly SignalEffect[]): string {
  const noted = ({ signal, does, needs, effects: own, otherwise, debian }: SignalFacts) => {
    const always = own.some(effect => effects.includes(effect));
    const notes = [
      ...does ? [does] : [],
      ...needs && (always ? otherwise : true) ? [`${always ? 'if' : 'unless'} ${needs}`] : [],
      ...debian ? [always ? 'but in Debian\'s package' : 'in Debian\'s package'] : [],
    ];
    return notes.length ? `${signal} (${notes.join('; ')})` : signal;
  };
  const has = (signal: SignalFacts) => [signal.effects, signal.otherwise, signal.debian].flat().some(effect => effect && effects.includes(effect));
  return facts.signals.filter(has).map(noted).join(', ');
}

function withoutEffect(facts: ProgramFacts): string {
  return facts.signals.filter(({ effects, otherwise }) => effects.length === 0 && !otherwise?.length)
    .map(({ signal, does }) => does ? `${signal} (${does})` : signal).join(', ');
}

/** The generated part of docs/reference/programs.md. */
export function generatedPart(): string {
  const lines = [
    BEGIN, '',
    row('program', 'name of the main process', '`reload`', '`reopen`', '`reload` with a broken configuration', 'test of the configuration', 'measured with'), row(...Array<string>(7).fill('---')),
    ...CATALOG.map(([constant, facts]) => row(
      code(`Program.${constant}`), [...facts.comm.map(code), ...facts.argument ? [`with ${code(facts.argument.trim())} in its arguments`] : []].join(', '),
      facts.reload ?? `none: ${facts.noReload}`, facts.reopen ?? `none: ${facts.noReopen}`, { stays: 'goes on with the old one', stop: '**ends it**', unknown: '' }[facts.brokenReload ?? 'unknown'],
      facts.configTest ? code(facts.configTest.join(' ')) : '', facts.measured ?? '',
    )),
    '', '## Every signal', '',
    row('program', 'reads its configuration', 'opens its logs again', 'ends it', 'pauses it', 'goes on as before'), row(...Array<string>(6).fill('---')),
    ...CATALOG.map(([, facts]) => row(
      facts.name, signalsWith(facts, 'reload'), signalsWith(facts, 'reopen'), signalsWith(facts, 'stop'), signalsWith(facts, 'pause'), withoutEffect(facts),
    )),
    '', '## Images', '',
    row('image', 'tags', 'starts as', 'processes', 'configuration', 'logs that are symbolic links', 'source'), row(...Array<string>(7).fill('---')),
    ...CATALOG.flatMap(([, facts]) => facts.images.map(image => row(
      image.repositories.map(code).join(', '), image.tag ? `with ${code(image.tag)}` : 'others', `${image.user}:${image.group}`,
      [...image.entrypointUser ? [`the entrypoint becomes ${image.entrypointUser.uid}:${image.entrypointUser.gid}`] : [],
        ...image.processes.map(({ name, becomes }) => becomes ? `${name} becomes ${becomes.uid}:${becomes.gid}${becomes.dumpable ? '' : ', not dumpable'}` : name)].join('; '),
      image.configuration ? code(image.configuration) : '', image.logSymlinks.map(({ path, target }) => `${code(path)} to ${code(target)}`).join(', '), image.source,
    ))),
    '', '## Sources', '',
    ...CATALOG.map(([, { name, sources }]) => `- ${name}: ${sources.join('; ')}`),
    '', END,
  ];
  return lines.join('\n');
}
