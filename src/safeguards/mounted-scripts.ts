import { ContainerText } from './container-text';
import { named } from './printable-name';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** What a file has to be called, or to begin with, to be taken for a script. */
const SCRIPT_NAME = /\.(?:sh|bash|ash|ksh|py|pl|rb)$/;

/**
 * The scripts in ConfigMaps that a pod mounts, as far as the same output holds them. Their path is that of the volume.
 *
 * @param find the ConfigMap of a name, in the pod's namespace
 */
export function mountedScripts(spec: JsonObject, specPath: string, find: (name: string) => JsonObject | undefined): ContainerText[] {
  const texts: ContainerText[] = [];
  arrayOf(spec.volumes).forEach((volume, i) => {
    for (const name of configMapNames(objectOf(volume))) {
      for (const [key, text] of Object.entries(objectOf(find(name)?.data))) {
        if (typeof text !== 'string' || !(text.startsWith('#!') || SCRIPT_NAME.test(key))) continue;
        const shown = `the script ${named(key)} of ConfigMap ${named(name)}`;
        texts.push(new ContainerText('', {}, 'script', shown, [{ text, path: `${specPath}/volumes/${i}` }]));
      }
    }
  });
  return texts;
}

function configMapNames(volume: JsonObject): string[] {
  const names: unknown[] = [objectOf(volume.configMap).name];
  for (const source of arrayOf(objectOf(volume.projected).sources)) names.push(objectOf(objectOf(source).configMap).name);
  return names.filter((name): name is string => typeof name === 'string');
}
