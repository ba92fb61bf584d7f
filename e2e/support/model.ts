import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ModelEndpoint, startModelEndpoint } from "../fakes/model-endpoint";
import { modelKeyFile, ownServer } from "./own-server";
import type { PlantedBug } from "./planted-bug";

const key = "sk-journeys-model-key";

/** The model that this worker's server names, on this machine; until it is opened nobody answers there. */
export async function openModel(): Promise<ModelEndpoint> {
  const { dataDir, modelPort } = ownServer();
  writeFileSync(join(dataDir, "secrets", modelKeyFile), `${key}\n`, { mode: 0o600 });
  return startModelEndpoint({ key, port: modelPort });
}

/** A policy that asks it, with a budget that it stays in. */
export const modelPolicy = {
  default_model: { provider_id: "local", model_id: "journey-model" },
  triage: {
    enabled: true,
    budget: { cost_max: 1, input_price_per_million: 3, output_price_per_million: 15 },
  },
};

/** An opinion on a planted bug: one statement that its evidence bears, one that cites what was never read, another risk. */
export function opinionOn(bug: PlantedBug): string {
  const code = { kind: "code", path: bug.path, from_line: bug.line, to_line: bug.line };
  return JSON.stringify({
    likely_cause: {
      statement: "An item without a discount has no percent to read.",
      confidence: "high",
      evidence: [code, { kind: "commit", hash: bug.hash.slice(0, 12) }],
    },
    recommended_fix: {
      statement: "Take no discount where there is none.",
      confidence: "medium",
      evidence: [code],
    },
    findings: [
      {
        statement: "The warehouse reads the same cart.",
        confidence: "low",
        evidence: [{ kind: "code", path: "src/warehouse.js", from_line: 1, to_line: 9 }],
      },
    ],
    fix_points: [{ path: bug.path, line: bug.line, why: "the missing default" }],
    suspect_commit: bug.hash,
    risk: "high",
    reproduction: [],
    acceptance_criteria: ["A cart without a discount has a total."],
    verification_steps: [],
    labels: ["bug"],
    open_questions: ["Do older carts have discounts at all?"],
  });
}
