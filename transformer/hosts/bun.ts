import { unplugin } from "./unplugin.ts";

const spanwright = unplugin.bun;

export { spanwright as default, spanwright as "module.exports" };
