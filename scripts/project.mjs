import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. Scripts never depend on the folder they were started from. */
export const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export const buildFolder = path.join(projectRoot, ".build");
