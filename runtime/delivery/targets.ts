/** The places that spans are sent to. A new one is a new row. */

import { type MlflowOptions, mlflowTarget } from "./mlflow/target.ts";
import type { OtlpOptions } from "./otlp/options.ts";
import { otlpTarget } from "./otlp/target.ts";
import type { Target } from "./target.ts";

/** What `init` says of where spans are sent, beside the store. */
export interface TargetOptions {
  /** OTLP over HTTP: `true` for OpenTelemetry's variables and defaults, `false` for none whatever they say. */
  readonly otlp?: OtlpOptions | boolean;
  /** An MLflow server: `false` for none whatever the variables say. */
  readonly mlflow?: MlflowOptions | false;
  /** As in MLflow's SDK: `mlflow.trackingUri`. */
  readonly trackingUri?: string;
  /** As in MLflow's SDK: `mlflow.username` and `mlflow.password`. */
  readonly trackingServerUsername?: string;
  readonly trackingServerPassword?: string;
  /** Experiment of traces that say no other; `MLFLOW_EXPERIMENT_ID` when absent. */
  readonly experimentId?: string;
}

const TARGETS: readonly ((options: TargetOptions) => Target | undefined)[] = [
  ({ otlp }) => otlpTarget(otlp),
  (options) => mlflowTarget(mlflowOptions(options)),
];

/** The targets that `init` and the environment ask for. */
export function targetsOf(options: TargetOptions): readonly Target[] {
  return TARGETS.flatMap((make) => make(options) ?? []);
}

/** The options for MLflow, in our form or in that of MLflow's SDK. */
function mlflowOptions(options: TargetOptions): MlflowOptions | false | undefined {
  const { mlflow, trackingUri, trackingServerUsername: username, trackingServerPassword: password } = options;
  if (mlflow === false || (mlflow === undefined && trackingUri === undefined)) return mlflow;
  return {
    ...(options.experimentId !== undefined && { experimentId: options.experimentId }),
    ...(trackingUri !== undefined && { trackingUri }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...mlflow,
  };
}
