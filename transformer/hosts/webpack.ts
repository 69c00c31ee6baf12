import { unplugin } from "./unplugin.ts";

const spanwright = unplugin.webpack;

export { spanwright as default, spanwright as "module.exports" };
