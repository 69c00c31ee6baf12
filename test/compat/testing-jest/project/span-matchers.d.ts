import type { SpanMatchers } from "spanwright/testing";

// For the global `expect`, with @types/jest.
declare global {
  namespace jest {
    interface Matchers<R, T> extends SpanMatchers<R> {}
  }
}

// For `expect` of @jest/globals.
declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T> extends SpanMatchers<R> {}
}
