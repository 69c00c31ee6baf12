/** The pages of `docs/` that are made from sources, each with what makes its text. */

import { apiPage } from "./api-page.ts";
import { emittedCodePage } from "./emitted-code-page.ts";

export const pages: Readonly<Record<string, () => string>> = {
  "api.md": apiPage,
  "emitted-code.md": emittedCodePage,
};
