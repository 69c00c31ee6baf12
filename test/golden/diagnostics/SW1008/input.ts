import { trace } from "spanwright";

function late() {
  begin();
  trace({ name: "late" });
}
