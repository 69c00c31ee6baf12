import { join } from "node:path";
import { describe } from "vitest";
import { installed } from "../installed.ts";
import { specify } from "./specification.ts";

/** What the specification uses of it is the same in both lines. */
const package6 = join(installed("openai6"), "node_modules/openai");
const imported: typeof import("openai") = await import(join(package6, "index.mjs"));
const required: typeof import("openai") = await import(join(package6, "index.js"));

describe("openai 6, imported", () => specify(imported.OpenAI));
describe("openai 6, required", () => specify(required.OpenAI));
