import type { ListedScenarioPackWire, ScenarioExpectWire, ScenarioInputWire } from "@/lib/contracts/scenario";

/** A scenario under the hands of somebody; `key` is the row's, not the wire's. */
export type ScenarioForm = {
  key: string;
  scenario_id: string;
  category: string;
  description: string;
  input: ScenarioInputWire;
  expect: ScenarioExpectWire;
};

export type PackForm = {
  pack_id: string;
  version: string;
  description: string;
  scenarios: ScenarioForm[];
  /** What was read; null for a pack that is not there yet. */
  revision: number | null;
};

/** As many as a pack holds; said here so that no schema comes to the browser for one number. */
export const scenariosMax = 50;

let rows = 0;
export const rowKey = (): string => {
  rows += 1;
  return `row-${rows}`;
};

export const emptyScenario = (): ScenarioForm => ({
  ...{ key: rowKey(), scenario_id: "", category: "excessive_agency", description: "" },
  input: { event_type: "agent.tool_overreach", risk_level: "high" },
  expect: { approval_required: true, nothing_queued: true },
});

export const emptyPack = (): PackForm => ({
  ...{ pack_id: "", version: "1", description: "", revision: null },
  scenarios: [emptyScenario()],
});

export function packFormOf(pack: ListedScenarioPackWire): PackForm {
  return {
    pack_id: pack.pack_id,
    version: pack.version,
    description: pack.description,
    revision: pack.revision,
    scenarios: pack.scenarios.map((each) => ({
      key: rowKey(),
      scenario_id: each.scenario_id,
      category: each.category,
      description: each.description,
      input: { ...each.input },
      expect: { ...each.expect },
    })),
  };
}

/** The same scenarios for a pack that gets a name of its own. */
export const copyOf = (pack: ListedScenarioPackWire): PackForm => ({
  ...packFormOf(pack),
  ...{ pack_id: "", revision: null, version: "1" },
});

/** Without what is empty: an empty field says nothing. */
const tidy = <T extends object>(value: T): T =>
  Object.fromEntries(
    Object.entries(value).filter(
      ([, member]) =>
        member !== undefined &&
        member !== null &&
        member !== "" &&
        !(Array.isArray(member) && member.length === 0),
    ),
  ) as T;

/** What is sent, and what the JSON view shows: the pack's own words, without its id and revision. */
export function packBody(form: PackForm) {
  return {
    version: form.version.trim(),
    description: form.description.trim(),
    scenarios: form.scenarios.map(({ key: _, input, expect, ...each }) => ({
      ...each,
      input: tidy(input),
      expect: tidy(expect),
    })),
  };
}

/** The form that a JSON text stands for, or why it is none. Values are judged when it is saved. */
export function formOfJson(text: string, form: PackForm): { form: PackForm } | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : "This is not JSON" };
  }
  if (!isObject(value)) return { fault: "A pack is an object" };
  const { version, description, scenarios, ...others } = value;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) return { fault: `A pack has no ${unknown}` };
  if (typeof version !== "string") return { fault: "version: write a text" };
  if (!Array.isArray(scenarios) || !scenarios.every(isObject))
    return { fault: "scenarios: write a list of objects" };
  return {
    form: {
      ...form,
      version,
      description: typeof description === "string" ? description : "",
      scenarios: scenarios.map(({ scenario_id, category, description: words, input, expect }) => ({
        key: rowKey(),
        scenario_id: textOf(scenario_id),
        category: textOf(category),
        description: textOf(words),
        input: isObject(input) ? input : {},
        expect: isObject(expect) ? expect : {},
      })),
    },
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What can be said before it is sent, by path; the server says the rest. */
export function faultsOf(form: PackForm): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!/^[A-Za-z0-9][\w.:-]{0,119}$/.test(form.pack_id))
    faults.pack_id = "Letters, digits, and . _ : - after the first";
  if (!form.version.trim()) faults.version = "Give it a version";
  const seen = new Set<string>();
  for (const [at, { scenario_id }] of form.scenarios.entries()) {
    const id = scenario_id.trim();
    if (!id) faults[`scenarios.${at}.scenario_id`] = "Give it an id";
    else if (seen.has(id)) faults[`scenarios.${at}.scenario_id`] = "This id is there twice";
    seen.add(id);
  }
  if (form.scenarios.length === 0) faults.scenarios = "Add a scenario";
  return faults;
}
