import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { POD_CASES, PodCase } from './pod-cases';
import { randomPod } from './random-pod';
import { CONTROLS } from '../../src/admission/controls';
import { PodSecurityReport, PodSecurityViolation } from '../../src/admission/pod-security-report';
import { Random } from '../random';

// What the real policy code says to pods of ours: `npm run test:conformance -- --record` writes it, `npm test` compares.
const FILE = 'test/data/pod-security.json';
const RANDOM_PODS = 60;

/** What a level forbids: pairs of reason and detail, none when it admits the pod. */
export type Forbidden = readonly (readonly [string, string])[];

/** What a judge, ours or the real one, says to a pod. */
export interface Verdict {
  readonly level: string;
  readonly baseline: Forbidden;
  readonly restricted: Forbidden;
}

export interface Recorded {
  /** The release that answered. */
  readonly kubernetes: string;
  /** The policy's checks: id, level, and the one whose place it takes; in any order. */
  readonly controls: readonly string[];
  readonly pods: readonly (PodCase & Verdict)[];
}

/** The pods whose verdicts are recorded: all cases, and some random ones, always the same. */
export function podsToRecord(): PodCase[] {
  const random = new Random(1);
  return [...POD_CASES, ...Array.from({ length: RANDOM_PODS }, (_, i) => ({ title: `random ${i}`, pod: randomPod(random) }))];
}

/** Our own verdict in the form of the recorded ones. */
export function verdictOf({ level, baselineViolations, restrictedViolations }: PodSecurityReport): Verdict {
  const forbidden = (violations: readonly PodSecurityViolation[]): Forbidden => violations.map(({ reason, detail }) => [reason, detail]);
  return { level, baseline: forbidden(baselineViolations), restricted: forbidden(restrictedViolations) };
}

/** Our own controls in the form of the recorded ones. */
export function controlNames(): string[] {
  return CONTROLS.map(({ id, level, replaces }) => [id, level, ...replaces === undefined ? [] : [replaces]].join(' ')).sort();
}

/** One pod a line, so that a change reads well, and nothing that a reader cannot see. */
export function formatRecorded({ pods, ...head }: Recorded): string {
  const text = `${JSON.stringify(head).slice(0, -1)},"pods":[\n${pods.map(recorded => JSON.stringify(recorded)).join(',\n')}\n]}\n`;
  return visible(text);
}

/** JSON with escapes for all that a reader cannot see or tell apart. */
export function visible(json: string): string {
  return json.replace(/[^\n -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function recordedText(root: string): string {
  return readFileSync(join(root, FILE), 'utf8');
}

export function readRecorded(root: string): Recorded {
  return JSON.parse(recordedText(root));
}

export function writeRecorded(root: string, recorded: Recorded): void {
  writeFileSync(join(root, FILE), formatRecorded(recorded));
}
