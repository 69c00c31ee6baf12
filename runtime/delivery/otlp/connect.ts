/** Makes the client of a target of OTLP, which is loaded when there is something to send. */

import type { Target, TargetClient } from "../target.ts";
import type { OtlpSettings } from "./options.ts";

export async function connect(
  target: Pick<Target, "label" | "inFlight">,
  settings: OtlpSettings,
): Promise<TargetClient> {
  const { OtlpClient } = await import("./client.ts");
  return new OtlpClient(target, settings, "text");
}
