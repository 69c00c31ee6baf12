import { unplugin } from "./unplugin.ts";

const spanwright = unplugin.vite;

export { spanwright as default, spanwright as "module.exports" };
