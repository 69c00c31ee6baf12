import { trace } from "spanwright";

// @trace { name: "", outputReducer: "join" }
function ask(question: string) {}

function call(names: string[]) {
  trace({ inputs: names, attributes: 1 });
}

// @trace { name: "one of several" }
class Tools {
  search() {}
}
