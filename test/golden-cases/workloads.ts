import { ApiObject, Chart, Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';

/** The containers of the app in our tests: what a cdk8s-plus user writes at least. */
export const app: kplus.ContainerProps = { name: 'app', image: 'registry.example.com/app:1', resources: {} };
export const app33: kplus33.ContainerProps = { name: 'app', image: 'registry.example.com/app:1', resources: {} };

const oneContainer = { containers: [{ name: 'app', image: 'registry.example.com/app:1' }] };

/** A plain object of a kind. The labels are those of its pods: those of a template are `app: web` unless others are given. */
export function bare(chart: Chart, kind = 'Pod', spec: object = oneContainer, { labels, ...metadata }: BareMetadata = { name: 'web' }): ApiObject {
  const matchLabels = labels ?? { app: 'web' };
  const template = { metadata: { labels: matchLabels }, spec };
  const ending = { ...template, spec: { restartPolicy: 'Never', ...spec } };
  const selector = { matchLabels };
  switch (kind) {
    case 'Pod': return new ApiObject(chart, 'web', { apiVersion: 'v1', kind, metadata: labels ? { ...metadata, labels } : metadata, spec });
    case 'Job': return new ApiObject(chart, 'web', { apiVersion: 'batch/v1', kind, metadata, spec: { template: ending } });
    case 'CronJob': return new ApiObject(chart, 'web', {
      apiVersion: 'batch/v1', kind, metadata, spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template: ending } } },
    });
    case 'StatefulSet': return new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind, metadata, spec: { selector, serviceName: 'web', template } });
    default: return new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind, metadata, spec: { selector, template } });
  }
}

interface BareMetadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: { readonly [name: string]: any };
}

/** One workload of every kind that cdk8s-plus-28 has. */
export const PLUS_WORKLOADS: { readonly [kind: string]: (chart: Chart) => kplus.Workload | kplus.Pod } = {
  Pod: chart => new kplus.Pod(chart, 'web', { containers: [app] }),
  Deployment: chart => new kplus.Deployment(chart, 'web', { containers: [app] }),
  StatefulSet: chart => new kplus.StatefulSet(chart, 'web', { containers: [app], service: new kplus.Service(chart, 'service', { ports: [{ port: 80 }] }) }),
  DaemonSet: chart => new kplus.DaemonSet(chart, 'web', { containers: [app] }),
  Job: chart => new kplus.Job(chart, 'web', { containers: [app] }),
  CronJob: chart => new kplus.CronJob(chart, 'web', { containers: [app], schedule: Cron.daily() }),
};

/** The same of another version of cdk8s-plus, which writes `shareProcessNamespace: false` into every pod. */
export const PLUS_33_WORKLOADS: { readonly [kind: string]: (chart: Chart) => kplus33.Workload | kplus33.Pod } = {
  Pod: chart => new kplus33.Pod(chart, 'web', { containers: [app33] }),
  Deployment: chart => new kplus33.Deployment(chart, 'web', { containers: [app33] }),
  StatefulSet: chart => new kplus33.StatefulSet(chart, 'web', { containers: [app33], service: new kplus33.Service(chart, 'service', { ports: [{ port: 80 }] }) }),
  DaemonSet: chart => new kplus33.DaemonSet(chart, 'web', { containers: [app33] }),
  Job: chart => new kplus33.Job(chart, 'web', { containers: [app33] }),
  CronJob: chart => new kplus33.CronJob(chart, 'web', { containers: [app33], schedule: Cron.daily() }),
};
