import { ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { keepSpans } from '../../core/process/trace.ts';

/**
 * Sends the spans of this process to a collector of OpenTelemetry (OTLP over HTTP): turns, jobs and deliveries, under the
 * id that the log says. Loaded where a collector is configured only. A collector that is away holds nothing up: what it
 * does not take is dropped. `stop` sends what is left.
 */
export function traceTo(collector: string, version: string): { stop(): Promise<void> } {
  const url = `${collector.replace(/\/$/, '')}/v1/traces`;
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'courtier', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url, timeoutMillis: 5_000 }))],
  });
  const tracer = provider.getTracer('courtier');
  keepSpans({
    begin(traceId, name) {
      // The activity that caused all of it: its id says the span that has no other.
      const caused = {
        traceId,
        spanId: traceId.slice(16),
        traceFlags: TraceFlags.SAMPLED,
        isRemote: true,
      };
      const span = tracer.startSpan(name, {}, trace.setSpanContext(ROOT_CONTEXT, caused));
      return (failure) => {
        if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      };
    },
  });
  return {
    async stop() {
      keepSpans(undefined);
      await provider.shutdown().catch(() => {});
    },
  };
}
