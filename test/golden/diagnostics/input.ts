import { trace } from "spanwright";

// @trace { nam: "x" }
function misspelt() {}

// @trace { spanType: SpanType.LLM, ...shared, name: "" }
function code(a: number) {}

// @trace { inputs: ["prompt"], outputReducer: "join" }
function parameters({ prompt }: P) {}

// @trace always
function words() {}

// @trace { name: "x"
function unclosed() {}

// @trace
const value = 1;

const trailing = 1; // @trace
function below() {}

// @trace
export const wrapped = withAuth(async () => 1);

abstract class Shape {
  // @trace
  abstract area(): number;
}

class Late extends Shape {
  // @trace
  constructor() {
    super(helper());
    function helper() {}
  }
}

function late() {
  begin();
  trace({ name: "late" });
}

function runtime(names: string[]) {
  trace({ inputs: names, attributes: 1 });
}

// @trace
