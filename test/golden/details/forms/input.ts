"use client";
// @trace
export default async () => 1;

/* @trace */ export function inline() { return 2 }

function overload(x: string): string;
function overload(x: number): number;
// @trace
function overload(x: unknown) {
  return x;
}

// @trace
function first(x: string): string;
function first(x: unknown) {
  return x;
}

namespace Inner {
  // @trace
  export const deep = { nested: { run() { return 1; } } };

  export const holder = {
    nested: {
      // @trace
      run: async <T,>(value: T) => value satisfies T,
    },
  };
}

export class Decorated {
  @log
  // @trace
  method(@inject() a: A) {
    return (a as B)!;
  }

  // @trace
  @log static async other() {}
}

// A mention of @trace, @tracer or @trace-id in a comment is no mark.
// @tracer
function untouched() {}
