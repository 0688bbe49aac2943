/**
 * Who takes part, in the order of the tables.
 *
 * @module
 */

import type { Contender } from './contender.ts'

export const contenders: readonly Contender[] = [
  {
    name: 'bare',
    title: 'bare client',
    traces: 'nothing',
    baseline: 'bare',
    packages: ['openai'],
    imports: [],
    load: () => import('./bare.ts'),
  },
  {
    name: 'floor',
    title: 'floor',
    traces: 'fetch',
    baseline: 'bare',
    packages: [],
    imports: [],
    load: () => import('./floor.ts'),
  },
  {
    name: 'carrot',
    title: 'carrot-trace',
    traces: 'fetch',
    baseline: 'bare',
    packages: [],
    imports: ['../dist/index.js'],
    load: () => import('./carrot.ts'),
  },
  {
    name: 'bare-6',
    title: 'bare client 6',
    traces: 'nothing',
    baseline: 'bare-6',
    packages: ['openai-6'],
    imports: [],
    load: () => import('./bare-6.ts'),
  },
  {
    name: 'langfuse',
    title: 'Langfuse',
    traces: 'client',
    baseline: 'bare',
    packages: ['@langfuse/openai', '@langfuse/otel'],
    imports: ['@langfuse/openai', '@langfuse/otel', '@opentelemetry/sdk-trace-node'],
    load: () => import('./langfuse.ts'),
  },
  {
    name: 'langsmith',
    title: 'LangSmith',
    traces: 'client',
    baseline: 'bare',
    packages: ['langsmith'],
    imports: ['langsmith', 'langsmith/wrappers'],
    load: () => import('./langsmith.ts'),
  },
  {
    name: 'braintrust',
    title: 'Braintrust',
    traces: 'client',
    baseline: 'bare',
    packages: ['braintrust'],
    imports: ['braintrust'],
    load: () => import('./braintrust.ts'),
  },
  {
    name: 'openllmetry',
    title: 'OpenLLMetry',
    traces: 'client',
    baseline: 'bare-6',
    packages: ['@traceloop/instrumentation-openai', '@opentelemetry/sdk-trace-node'],
    imports: [
      '@traceloop/instrumentation-openai',
      '@opentelemetry/sdk-trace-node',
      '@opentelemetry/exporter-trace-otlp-proto',
    ],
    load: () => import('./openllmetry.ts'),
  },
  {
    name: 'openinference',
    title: 'OpenInference',
    traces: 'client',
    baseline: 'bare-6',
    packages: ['@arizeai/openinference-instrumentation-openai'],
    imports: [
      '@arizeai/openinference-instrumentation-openai',
      '@opentelemetry/sdk-trace-node',
      '@opentelemetry/exporter-trace-otlp-proto',
    ],
    load: () => import('./openinference.ts'),
  },
  {
    name: 'opik',
    title: 'Opik',
    traces: 'client',
    baseline: 'bare-6',
    packages: ['opik-openai', 'opik'],
    imports: ['opik', 'opik-openai'],
    load: () => import('./opik.ts'),
  },
  {
    name: 'posthog',
    title: 'PostHog',
    traces: 'client',
    baseline: 'bare',
    packages: ['@posthog/ai', 'posthog-node'],
    imports: ['@posthog/ai/openai', 'posthog-node'],
    load: () => import('./posthog.ts'),
  },
  {
    name: 'sentry',
    title: 'Sentry',
    traces: 'client',
    baseline: 'bare',
    packages: ['@sentry/node'],
    imports: ['@sentry/node'],
    load: () => import('./sentry.ts'),
  },
  {
    name: 'weave',
    title: 'Weave',
    traces: 'client',
    baseline: 'bare',
    packages: ['weave'],
    imports: ['weave'],
    load: () => import('./weave.ts'),
  },
  {
    name: 'laminar',
    title: 'Laminar',
    traces: 'client',
    baseline: 'bare-6',
    packages: [],
    imports: [],
    excused:
      'parts of @lmnr-ai/lmnr 0.8.46 for other systems are missing from the registry, so that a lock file with it does not install',
  },
]

/** Those that are measured by `npm run bench` without `--peers`. */
export const OWN: readonly string[] = ['bare', 'floor', 'carrot']
