import type { Attributes, Tracer } from "@opentelemetry/api";

/** Where spans go. */
export interface TracingOptions {
  /** OTLP over HTTP, such as http://127.0.0.1:4318; spans go to /v1/traces below it. Unset: no traces at all. */
  endpoint: string | undefined;
}

let tracing: { tracer: Tracer; api: typeof import("@opentelemetry/api") } | undefined;

/**
 * Starts tracing, before anything that is to be traced. Without an endpoint nothing is loaded and every span below is
 * one comparison. Returns how to send what is left and stop.
 */
export async function startTracing({ endpoint }: TracingOptions): Promise<() => Promise<void>> {
  if (endpoint === undefined) {
    return async () => {};
  }
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }, { AsyncLocalStorageContextManager }] =
    await Promise.all([
      import("@opentelemetry/api"),
      import("@opentelemetry/sdk-trace"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/context-async-hooks"),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ "service.name": "rehome" }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  const contexts = new AsyncLocalStorageContextManager();
  api.context.setGlobalContextManager(contexts.enable());
  tracing = { api, tracer: provider.getTracer("rehome") };
  return async () => {
    tracing = undefined;
    await provider.shutdown();
    api.context.disable();
  };
}

/** Whether spans are kept; for work that is only worth doing then. */
export function isTracing(): boolean {
  return tracing !== undefined;
}

/** Opens a span for work that begins and ends in different calls. Returns how to end it. */
export function openSpan(name: string, attributes: Attributes): () => void {
  const span = tracing?.tracer.startSpan(name, { attributes });
  return () => span?.end();
}

/** Runs the work in a span. The name and the attributes are ours alone: no parameters, no emails. */
export async function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  if (tracing === undefined) {
    return work();
  }
  const { api, tracer } = tracing;
  return tracer.startActiveSpan(name, { attributes }, api.context.active(), async (span) => {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: unknown };
      span.setStatus({ code: api.SpanStatusCode.ERROR, message: typeof code === "string" ? code : "error" });
      throw error;
    } finally {
      span.end();
    }
  });
}
