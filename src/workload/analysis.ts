import type * as AccessMatrix from '../access/access-matrix';
import type * as NodeSettings from '../access/node-settings';
import type * as PodSecurity from '../admission/pod-security';
import type * as AccessDocument from '../report/access-document';
import type * as Document from '../report/document';
import type * as ExplanationJson from '../report/explanation-json';
import type * as Acknowledgement from '../safeguards/acknowledgement';
import type * as Evaluate from '../safeguards/evaluate';

/* eslint-disable @typescript-eslint/no-require-imports */

/**
 * What judges a manifest and reports on it. Loaded when it is asked for: most apps only share and add sidecars, and each file
 * costs every app time at its start.
 */
export const analysis = {
  get accessMatrix() { return (require('../access/access-matrix') as typeof AccessMatrix).accessMatrix; },
  get podSecurity() { return (require('../admission/pod-security') as typeof PodSecurity).podSecurity; },
  get accessDocument() { return (require('../report/access-document') as typeof AccessDocument).accessDocument; },
  get toMarkdown() { return (require('../report/document') as typeof Document).toMarkdown; },
  get toText() { return (require('../report/document') as typeof Document).toText; },
  get explanationJson() { return (require('../report/explanation-json') as typeof ExplanationJson).explanationJson; },
  get nodeSettings() { return (require('../access/node-settings') as typeof NodeSettings).nodeSettings; },
  get evaluate() { return (require('../safeguards/evaluate') as typeof Evaluate).evaluate; },
  get formatAcknowledgements() { return (require('../safeguards/acknowledgement') as typeof Acknowledgement).formatAcknowledgements; },
};
