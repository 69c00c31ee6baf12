// The same functions with the same spans, written by hand with the OpenTelemetry API. Written out each time: a
// function for what they share would be one more call that the rival need not pay for.
import { SpanStatusCode, trace } from "@opentelemetry/api";
import { one } from "./plain.js";

const tracer = trace.getTracer("by-hand");

export function add(x, y) {
  return tracer.startActiveSpan("add", (span) => {
    try {
      span.setAttribute("mlflow.spanInputs", JSON.stringify({ x, y }));
      const result = x + y;
      span.setAttribute("mlflow.spanOutputs", JSON.stringify(result));
      return result;
    } catch (error) {
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

export function call(x, y) {
  return tracer.startActiveSpan("call", (span) => {
    try {
      span.setAttribute("mlflow.spanInputs", JSON.stringify({ x, y }));
      const result = one(x) + y;
      span.setAttribute("mlflow.spanOutputs", JSON.stringify(result));
      return result;
    } catch (error) {
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

export function tree(x, y) {
  return tracer.startActiveSpan("tree", (span) => {
    try {
      span.setAttribute("mlflow.spanInputs", JSON.stringify({ x, y }));
      const result = branch(x) + branch(y);
      span.setAttribute("mlflow.spanOutputs", JSON.stringify(result));
      return result;
    } catch (error) {
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

export function branch(x) {
  return tracer.startActiveSpan("branch", (span) => {
    try {
      span.setAttribute("mlflow.spanInputs", JSON.stringify({ x }));
      const result = one(x);
      span.setAttribute("mlflow.spanOutputs", JSON.stringify(result));
      return result;
    } catch (error) {
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}
