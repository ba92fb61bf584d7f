import { describe, expect, it } from "vitest";
import { copyOf, emptyPack, emptyScenario, faultsOf, formOfJson, packBody, packFormOf } from "./pack-form";

const listed = {
  ...{ pack_id: "own", version: "2", description: "Ours", origin: "stored" as const, project_id: null },
  ...{ revision: 3, updated_by: null, updated_at_ms: 1 },
  scenarios: [
    {
      scenario_id: "a",
      category: "custom",
      description: "",
      input: { risk_level: "high" },
      expect: { blocked: true },
    },
  ],
};

describe("a pack as a form", () => {
  it("says what the pack says, and a copy waits for a name of its own", () => {
    const {
      pack_id: _id,
      origin: _o,
      project_id: _p,
      revision: _r,
      updated_by: _u,
      updated_at_ms: _t,
      ...own
    } = listed;
    expect(packBody(packFormOf(listed))).toEqual(own);
    expect(packFormOf(listed).revision).toBe(3);
    expect(copyOf(listed)).toMatchObject({ pack_id: "", revision: null, version: "1" });
  });

  it("leaves out what is empty, and keeps a no", () => {
    const form = {
      ...emptyPack(),
      scenarios: [{ ...emptyScenario(), input: { title: "", route_tags: [] }, expect: { blocked: false } }],
    };
    expect(packBody(form).scenarios[0]).toMatchObject({ input: {}, expect: { blocked: false } });
  });

  it("is the same by way of JSON", () => {
    const form = packFormOf(listed);
    const read = formOfJson(JSON.stringify(packBody(form)), form);
    expect("form" in read && packBody(read.form)).toEqual(packBody(form));
    expect("form" in read && read.form.revision).toBe(3);
  });

  it.each([
    ["{", /JSON/],
    ["[]", /object/],
    ['{"version":"1","scenarios":[],"extra":1}', /no extra/],
    ['{"version":1,"scenarios":[]}', /version/],
    ['{"version":"1","scenarios":[1]}', /scenarios/],
  ])("%s is none, and it says why", (text, why) => {
    const read = formOfJson(text, emptyPack());
    expect("fault" in read && read.fault).toMatch(why);
  });

  it("says what is missing by its field", () => {
    const twice = { ...emptyScenario(), scenario_id: "a" };
    const form = {
      ...emptyPack(),
      version: " ",
      scenarios: [twice, { ...twice, key: "other" }, emptyScenario()],
    };
    expect(Object.keys(faultsOf(form))).toEqual([
      "pack_id",
      "version",
      "scenarios.1.scenario_id",
      "scenarios.2.scenario_id",
    ]);
    expect(faultsOf({ ...packFormOf(listed) })).toEqual({});
  });
});
