import { unplugin } from "./unplugin.ts";

const spanwright = unplugin.rollup;

export { spanwright as default, spanwright as "module.exports" };
