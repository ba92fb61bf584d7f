import type { Command } from "../command.js";
import { configCommands } from "./config.js";
import { decisionCommands } from "./decisions.js";
import { draftCommands } from "./drafts.js";
import { healthCommand } from "./health.js";
import { incidentCommands } from "./incidents.js";
import { keyCommands } from "./keys.js";
import { previewCommand } from "./preview.js";
import { publishCommand } from "./publish.js";
import { reportCommand } from "./report.js";
import { routesTestCommand } from "./routes-test.js";
import { sourceCommands } from "./sources.js";
import { statusCommand } from "./status.js";

/** In the order of the help. */
export const commands: readonly Command[] = [
  statusCommand,
  healthCommand,
  reportCommand,
  ...incidentCommands,
  ...draftCommands,
  previewCommand,
  ...decisionCommands,
  publishCommand,
  ...keyCommands,
  ...sourceCommands,
  ...configCommands,
  routesTestCommand,
];
