import { unplugin } from "./unplugin.ts";

const spanwright = unplugin.esbuild;

export { spanwright as default, spanwright as "module.exports" };
