import { unplugin } from "./unplugin.ts";

const spanwright = unplugin.rspack;

export { spanwright as default, spanwright as "module.exports" };
