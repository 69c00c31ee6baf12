/** The one plugin of all bundlers; the files beside this one name its forms. */

import { createUnplugin, type UnpluginContextMeta } from "unplugin";
import { Build, failureOf, toStderr } from "../build.ts";
import { type BuildOptions, checkOptions } from "../options.ts";
import { includesModules, SIGNS_OF_A_MARK, tracesMarkedOnly } from "../scan.ts";
import { buildText, formatByPackage, looksLikeCommonJs, type TextFile } from "../text-build.ts";

export const unplugin = createUnplugin<BuildOptions | undefined, false>((given, meta) => {
  const host = `spanwright/${meta.framework}`;
  const options = checkOptions(given, host);
  const code = tracesMarkedOnly(options) ? { code: { include: [...SIGNS_OF_A_MARK] } } : {};
  let hostRoot = compilerRoot(meta);
  let isServer = false;
  let build: Build | undefined;
  const thisBuild = () => {
    build ??= new Build(options, host, hostRoot);
    return build;
  };

  return {
    name: "spanwright",
    // Before whatever removes comments.
    enforce: "pre",
    transform: {
      filter: {
        id: {
          include: /\.[cm]?[jt]sx?(?:$|\?)/,
          exclude: [/^\0/, ...(includesModules(options) ? [] : [/[\\/]node_modules[\\/]/])],
        },
        ...code,
      },
      handler(code, id) {
        const file: TextFile = { id, code, format: formatIn(meta.framework, id, code) };
        return buildText(thisBuild(), file, (message, severity) => {
          // Where a build goes on after a warning. An error fails it at its end, when all of them are known.
          if (severity === "warning" && !SILENT.has(meta.framework)) this.warn(message);
          else console.error(message);
        });
      },
    },
    buildEnd(...causes: readonly unknown[]) {
      const hasFailed = causes[0] instanceof Error;
      if (isServer || hasFailed) return;
      const failure = failureOf(thisBuild().finish(toStderr));
      if (failure !== undefined) throw new Error(failure);
    },
    vite: {
      configResolved({ root, command }) {
        hostRoot = root;
        isServer = command === "serve";
      },
    },
    esbuild: {
      onLoadFilter: /\.[cm]?[jt]sx?$/,
      config({ absWorkingDir }) {
        hostRoot = absWorkingDir;
      },
    },
    farm: {
      configResolved({ root }: { readonly root: string }) {
        hostRoot = root;
      },
    },
  };
});

type Framework = UnpluginContextMeta["framework"];

/** Bundlers that do not show what a plugin warns of, or not at all like a warning. */
const SILENT: ReadonlySet<Framework> = new Set(["bun", "farm"]);

/** Bundlers that tell ES modules and CommonJS by a file's syntax; all others ask its package, as Node does. */
const BY_SYNTAX: ReadonlySet<Framework> = new Set(["rolldown", "rollup", "vite"]);

function formatIn(framework: Framework, id: string, code: string): TextFile["format"] {
  if (!BY_SYNTAX.has(framework)) return formatByPackage(id.replace(/\?.*$/s, ""));
  return looksLikeCommonJs(code) ? "commonjs" : "module";
}

function compilerRoot(meta: UnpluginContextMeta): string | undefined {
  if (meta.framework === "webpack") return meta.webpack.compiler.context;
  return meta.framework === "rspack" ? meta.rspack.compiler.context : undefined;
}
