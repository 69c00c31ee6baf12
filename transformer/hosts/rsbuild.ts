import { unplugin } from "./unplugin.ts";

const spanwright = unplugin.rsbuild;

export { spanwright as default, spanwright as "module.exports" };
