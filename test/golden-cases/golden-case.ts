import { Chart } from 'cdk8s';

/** A manifest that is kept as test/manifests/<name>.yaml. */
export interface GoldenCase {
  /** `<construct>-<case>`, the file's name. */
  readonly name: string;
  /** What a reviewer shall see in the file: its first line. */
  readonly title: string;
  /** The API server is meant to refuse it, or to warn: `refused <part of its sentence>`. */
  readonly oracle?: string;
  /** Defines the objects. */
  build(chart: Chart): void;
}
