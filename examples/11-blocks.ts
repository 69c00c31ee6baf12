// A span for a part of a function: `withSpan` runs a block in a span of its own.
//
// Nothing of a block is known by itself: the options name it, and say its type and inputs; or the block sets
// them on the span it is given. Its outputs are what it returns, unless it sets others.

import { SpanType, withSpan } from "spanwright";

// @trace
function invoice(prices: readonly number[], discount: number): string {
  const total = withSpan(
    (span) => {
      span.setInputs({ prices });
      const sum = prices.reduce((before, price) => before + price, 0);
      span.setOutputs({ sum, items: prices.length });
      return sum;
    },
    { name: "total" },
  );
  return withSpan(
    (span) => {
      const toPay = total * (1 - discount);
      span.setAttribute("currency", "EUR");
      return `${toPay.toFixed(2)} EUR`;
    },
    { name: "format", spanType: SpanType.PARSER, inputs: { total, discount } },
  );
}

console.log(invoice([12.5, 7.5, 20], 0.1));
