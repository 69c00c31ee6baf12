/** The target of MLflow: a tracking server that is spoken to over HTTP. */

import { report } from "../../diagnostics.ts";
import { environment } from "../../platform.ts";
import { basicOf, withoutUser } from "../otlp/options.ts";
import { pace } from "../pace.ts";
import type { Target } from "../target.ts";

/** An MLflow server. What is absent is taken from MLflow's variables. */
export interface MlflowOptions {
  /** URL of the server, else `MLFLOW_TRACKING_URI`. */
  readonly trackingUri?: string;
  /** Else `MLFLOW_EXPERIMENT_ID`. */
  readonly experimentId?: string;
  /** Else `MLFLOW_EXPERIMENT_NAME`; created when there is none. With neither id nor name, the server's `Default`. */
  readonly experimentName?: string;
  /** Else `MLFLOW_TRACKING_TOKEN`. Never shown in a message or kept in the store. */
  readonly token?: string;
  /** Else `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`. */
  readonly username?: string;
  readonly password?: string;
}

/** Which experiment traces go to. */
export type Experiment = { readonly id: string } | { readonly name: string };

/** {@link MlflowOptions}, settled. */
export interface MlflowSettings {
  /** With a final slash. */
  readonly base: URL;
  readonly experiment: Experiment;
  readonly headers: Readonly<Record<string, string>>;
  readonly certificate: string | undefined;
}

/** The server of each target of this kind. */
const servers = new WeakMap<Target, MlflowSettings>();

/** The first MLflow server among targets. */
export function serverAmong(targets: readonly Target[]): MlflowSettings | undefined {
  return targets.map((target) => servers.get(target)).find((settings) => settings !== undefined);
}

/** As MLflow's own client has it for its OTLP requests. */
const TIMEOUT_MS = 30_000;

/** The target that `init` or MLflow's variables ask for; `undefined` when they ask for none. */
export function mlflowTarget(options: MlflowOptions | false | undefined): Target | undefined {
  if (options === false) return undefined;
  const uri = options?.trackingUri ?? environment("MLFLOW_TRACKING_URI");
  if (uri === undefined && options === undefined) return undefined;
  const base = baseOf(uri ?? "http://localhost:5000");
  if (base === undefined) return undefined;
  const settings = settingsOf(base, options ?? {});
  const { experiment } = settings;
  const which = "id" in experiment ? `experiment ${experiment.id}` : `experiment "${experiment.name}"`;
  const address = settings.base.href.replace(/\/$/, "");
  const target = {
    key: `mlflow ${address} ${which}`,
    label: `MLflow ${address} ${which}`,
    takesChanges: true,
    ...pace(),
    // A request holds one trace, so the server decides how many there are.
    batch: 512,
  };
  const connectable: Target = {
    ...target,
    async connect() {
      const { MlflowClient } = await import("./client.ts");
      return new MlflowClient(target, settings, TIMEOUT_MS);
    },
  };
  servers.set(connectable, settings);
  return connectable;
}

/** The server that options name, without any of its defaults' address; `undefined` when that is none of a server. */
export function mlflowServer(options: MlflowOptions & { readonly trackingUri: string }): MlflowSettings | undefined {
  const base = addressOf(options.trackingUri);
  return base && settingsOf(base, options);
}

function addressOf(uri: string): URL | undefined {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") return undefined;
  url.pathname = url.pathname.replace(/\/*$/, "/");
  return url;
}

function baseOf(uri: string): URL | undefined {
  const address = addressOf(uri);
  if (address !== undefined) return address;
  report(
    "SW2212",
    "MLFLOW_TRACKING_URI is not the address of a server (http:// or https://); nothing is sent to MLflow",
    "Start one for your database, mlflow server --backend-store-uri sqlite:///mlflow.db, and give its address.",
  );
  return undefined;
}

function settingsOf(base: URL, options: MlflowOptions): MlflowSettings {
  const token = options.token ?? environment("MLFLOW_TRACKING_TOKEN");
  const username = options.username ?? environment("MLFLOW_TRACKING_USERNAME");
  const password = options.password ?? environment("MLFLOW_TRACKING_PASSWORD") ?? "";
  const user = withoutUser(base);
  if (username !== undefined) {
    user.username = username;
    user.password = password;
  }
  const basic = basicOf(username === undefined ? base : user);
  return {
    base: withoutUser(base),
    experiment: experimentOf(options),
    // Like MLflow's client: a name and a password win over a token.
    headers: "authorization" in basic || token === undefined ? basic : { authorization: `Bearer ${token}` },
    certificate: environment("MLFLOW_TRACKING_SERVER_CERT_PATH"),
  };
}

function experimentOf({ experimentId, experimentName }: MlflowOptions): Experiment {
  if (experimentId !== undefined) return { id: experimentId };
  if (experimentName !== undefined) return { name: experimentName };
  const id = environment("MLFLOW_EXPERIMENT_ID");
  return id === undefined ? { name: environment("MLFLOW_EXPERIMENT_NAME") ?? "Default" } : { id };
}
