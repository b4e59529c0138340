import { ContainerText } from '../container-text';
import { named } from '../printable-name';
import { Problem, Safeguard } from '../safeguard';
import { referencesIn, SecretVariables } from '../secret-use';
import { Severity } from '../severity';
import { TextPiece } from '../shell-words';

/** How many places of one container are told. */
const MAX_PROBLEMS = 3;

// No quantifier stands in another one, so each takes linear time; the looks behind an option are bounded.
const OPTION = /(?:^|[\s'"])--?[\w.-]{0,40}(?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)(?:$|[=\s'":])/i;
/** Options that tell where the secret is, not what it is. */
const PLACE = /(?:file|path|dir|name|ref|type|store|ttl|url|uri|endpoint|provider|expiry|expiration|duration)(?:$|[=\s'":])/i;
const ASSIGNMENT = /(?:^|[\s'"])[A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)=[^\s'"$]/;
const URL_WITH_PASSWORD = /[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@'"]{0,80}:[^\s/@'"$]{1,200}@/i;
const SHELL_VARIABLE = /^["']?\$\{?([A-Za-z_]\w{0,100})/;

/** Arguments can be read by every container that shares the process namespace, whatever its user. */
export const noSecretInArguments: Safeguard = {
  id: 'no-secret-in-arguments',
  title: 'No secret in a command line',
  severity: Severity.WARNING,
  severities: 'warning',
  why: 'Arguments of a process can be read by everybody who sees the process: where processes are shared that is every container, whatever '
    + 'its user and capabilities (`/proc/PID/cmdline`, measured). `$(NAME)` of a variable that comes from a Secret is written out by '
    + 'the kubelet, so the Secret\'s value is an argument then. Options that look like passwords are found by their names.',
  remediation: 'Hand the secret over in a file (`--password-file`), or in the environment without repeating it in the arguments.',
  links: [
    'https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html',
    'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
  ],
  *check({ shares, texts }) {
    if (!shares) return;
    let json: unknown;
    let count = 0;
    for (const text of texts) {
      if (text.place === 'script') return;
      if (text.json !== json) count = 0;
      json = text.json;
      for (const problem of inText(text)) {
        if (++count <= MAX_PROBLEMS) yield problem;
      }
    }
  },
};

function* inText(text: ContainerText): Iterable<Problem> {
  let secrets: SecretVariables | undefined;
  for (const [i, piece] of text.pieces.entries()) {
    if (piece.text.includes('$')) secrets ??= new SecretVariables(text.json);
    const what = problemOf(piece, text.pieces[i + 1], text.place === 'command', secrets);
    if (what === undefined) continue;
    yield {
      severity: Severity.WARNING,
      message: `${named(text.container)} has in ${text.shown} ${what}: every container of the pod can read it`,
      container: text.container,
      path: piece.path,
    };
  }
}

function problemOf({ text }: TextPiece, next: TextPiece | undefined, isExpanded: boolean, secrets: SecretVariables | undefined): string | undefined {
  const fromSecret = isExpanded ? referencesIn(text).find(name => secrets?.has(name)) : undefined;
  if (fromSecret !== undefined) return `the value of ${named(fromSecret)}, which comes from a Secret`;
  const option = OPTION.exec(text);
  if (option && !PLACE.test(option[0])) {
    const value = valueOf(text, option, next);
    const variable = SHELL_VARIABLE.exec(value)?.[1];
    if (variable !== undefined && secrets?.has(variable)) return `the value of ${named(variable)}, which comes from a Secret`;
    if (/^["']?[^\s"'$-]/.test(value)) return 'an option that looks like a secret';
  }
  if (ASSIGNMENT.test(text)) return 'a variable that looks like a secret';
  return URL_WITH_PASSWORD.test(text) ? 'a URL with a password' : undefined;
}

/** What stands behind an option, in the same piece or in the next. */
function valueOf(text: string, option: RegExpExecArray, next: TextPiece | undefined): string {
  const end = option.index + option[0].length;
  const rest = text.slice(end, end + 200).trimStart();
  return rest === '' && !option[0].endsWith('=') ? next?.text.slice(0, 200) ?? '' : rest;
}
