import { afterEach, beforeEach, test, vi } from "vitest";
import { newFolder } from "../store/folder.ts";
import { behavesAsThere } from "./mlflow-program.ts";

beforeEach(() => void vi.stubEnv("SPANWRIGHT_STORE", `${newFolder()}/traces.db`));
afterEach(() => void vi.unstubAllEnvs());

test("a program written against MLflow's SDK compiles, and behaves as there", () => behavesAsThere("3"));
