/** `spanwright/register` for Deno, whose hooks cannot load a module: everything is loaded before. */

import { createRequire, registerHooks } from "node:module";
import { packageOptions } from "../package-options.ts";
import { loadHook } from "./load-hook.ts";
import { instrumentLoaded } from "./register-build.ts";

const require = createRequire(import.meta.url);
// A CommonJS file cannot require ES modules that are not loaded yet while there are hooks.
require("spanwright/runtime");
require("spanwright");

const options = packageOptions(process.cwd());

registerHooks({ load: loadHook(options, (url, loaded) => instrumentLoaded(options, url, loaded)) });
