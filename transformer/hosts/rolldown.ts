import { unplugin } from "./unplugin.ts";

const spanwright = unplugin.rolldown;

export { spanwright as default, spanwright as "module.exports" };
