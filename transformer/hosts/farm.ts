import { unplugin } from "./unplugin.ts";

const spanwright = unplugin.farm;

export { spanwright as default, spanwright as "module.exports" };
