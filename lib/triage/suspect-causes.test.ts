import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Inspection } from "@/lib/domain/triage";
import { inspectionOf, subjectOf } from "@/lib/testing/failure-ground";
import { GitGround } from "@/lib/testing/git-ground";
import { readHistory } from "./read-history";

let ground: GitGround;
beforeEach(() => {
  ground = new GitGround();
});
afterEach(() => ground.remove());

const text = (...lines: string[]) => `${lines.join("\n")}\n`;

async function suspectsOf(message: string, inspection: Inspection) {
  const subject = subjectOf(message, ground.nextAtMs, null);
  const limits = { deadlineMs: 20_000, signal: new AbortController().signal };
  return (await readHistory({ root: ground.root, inspection, subject }, limits)).history.suspects;
}

describe("how the value came to be outweighs what stands near", () => {
  it("a way out added later to the failing function is not suspected before what made the value", async () => {
    const beds = (...check: string[]) =>
      text(
        "from soil import depth_of",
        "",
        "",
        "def plant(bed):",
        ...check,
        "    depth = depth_of(bed)",
        "    return depth * 2",
      );
    const soil = (answer: string) =>
      text("def depth_of(bed):", "    if bed.stony:", `        return ${answer}`, "    return bed.depth");
    ground.commit("Start", { files: { "beds.py": beds(), "soil.py": soil("0") } });
    const cause = ground.commit("Stony beds", { files: { "soil.py": soil("None") } });
    const late = ground.commit("Winter", {
      files: { "beds.py": beds("    if bed.frozen:", '        raise Frozen("in winter")') },
    });
    const suspects = await suspectsOf(
      "TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'",
      inspectionOf([["beds.py", 8, "plant"]]),
    );
    expect(suspects[0]).toMatchObject({ hash: cause, changes: [{ path: "soil.py" }] });
    expect(suspects[0]?.because).toContain("makes_failing_value");
    const score = suspects.find((each) => each.hash === late)?.score ?? 0;
    expect(score).toBeLessThan((suspects[0]?.score ?? 0) / 4);
  });

  it("but a check whose own condition fails is", async () => {
    const beds = (...check: string[]) =>
      text("export function plant(bed) {", ...check, "  return bed.depth * 2;", "}");
    ground.commit("Start", { files: { "beds.js": beds() } });
    ground.commit("Depth", { files: { "beds.js": beds().replace("* 2", "* 3") } });
    const cause = ground.commit("Owners", {
      files: { "beds.js": beds("  if (bed.owner.left) return 0;").replace("* 2", "* 3") },
    });
    const [first] = await suspectsOf(
      "TypeError: Cannot read properties of undefined (reading 'left')",
      inspectionOf([["beds.js", 2, "plant"]]),
    );
    expect(first?.hash).toBe(cause);
  });

  it("and a way out added to a called function, which now answers nothing, is", async () => {
    const soil = (...check: string[]) => text("def depth_of(bed):", ...check, "    return bed.depth");
    const beds = text("from soil import depth_of", "", "", "def plant(bed):", "    return depth_of(bed) * 2");
    ground.commit("Start", { files: { "beds.py": beds, "soil.py": soil(), "tools.py": "spade = 1\n" } });
    const cause = ground.commit("Leave stony beds", {
      files: { "soil.py": soil("    if SETTINGS.stony:", "        return None") },
    });
    ground.commit("Tools", { files: { "tools.py": "spade = 2\n" } });
    const [first] = await suspectsOf(
      "TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'",
      inspectionOf([["beds.py", 5, "plant"]]),
    );
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "soil.py" }] });
    expect(first?.score).toBeGreaterThan(10);
  });

  it("a function that is read like a field", async () => {
    const jar = (answer: string) =>
      text("export class Jar {", "  get label() {", `    return ${answer};`, "  }", "}");
    const shelf = (loud: string) =>
      text("export function shelf(jar) {", `  return jar.label.trim()${loud};`, "}");
    const jam = (text_: string) => text("export function jam() {", `  return "${text_}";`, "}");
    ground.commit("Start", {
      files: { "jar.js": jar('this.name ?? ""'), "shelf.js": shelf(""), "jam.js": jam("plum") },
    });
    const cause = ground.commit("Names", { files: { "jar.js": jar("this.name") } });
    ground.commit("Jam", { files: { "jam.js": jam("fig") } });
    const [first] = await suspectsOf(
      "TypeError: Cannot read properties of undefined (reading 'trim')",
      inspectionOf([["shelf.js", 2, "shelf"]]),
    );
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "jar.js" }] });
    expect(first?.because).toContain("changed_called_function");
  });

  it("a field that is given something shared in place of a copy", async () => {
    const hive = (given: string) =>
      text(
        "class Hive {",
        "  constructor(bees) {",
        "    this.size = 1;",
        `    this.bees = ${given};`,
        "  }",
        "  queen() {",
        "    return this.bees.get('queen');",
        "  }",
        "}",
        "module.exports = { Hive };",
      );
    const visit = (...log: string[]) =>
      text(
        "function visit(hive) {",
        "  const queen = hive.queen();",
        ...log,
        "  return queen.age.toFixed(0);",
        "}",
      );
    ground.commit("Start", {
      files: { "hive.js": hive("new Map(structuredClone(bees))"), "visit.js": visit() },
    });
    const cause = ground.commit("Lighter hives", { files: { "hive.js": hive("new Map(bees)") } });
    ground.commit("Visits", {
      files: { "visit.js": text("const seen = { count: 0 };", visit("  seen.count += 1;")) },
    });
    const [first] = await suspectsOf(
      "TypeError: Cannot read properties of undefined (reading 'toFixed')",
      inspectionOf([["visit.js", 5, "visit"]]),
    );
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "hive.js" }] });
  });

  it("a function moved within its file that only speaks of what the message names", async () => {
    const head = ["def shown(coin, mark=%s):", "    return shout(coin, mark)", "", ""];
    const shout = ["def shout(coin, mark):", "    return f'{coin} {mark.upper()}'"];
    const other = ["def half(coin):", "    return coin // 2"];
    const withMark = (mark: string, ...rest: string[]) => text(...head, ...rest).replace("%s", mark);
    ground.commit("Start", { files: { "coins.py": withMark("'eur'", ...shout, "", "", ...other) } });
    const cause = ground.commit("Any mark", {
      files: { "coins.py": withMark("None", ...shout, "", "", ...other) },
    });
    ground.commit("Order", { files: { "coins.py": withMark("None", ...other, "", "", ...shout) } });
    const [first] = await suspectsOf(
      "AttributeError: 'NoneType' object has no attribute 'upper'",
      inspectionOf([
        ["coins.py", 10, "shout"],
        ["coins.py", 2, "shown"],
      ]),
    );
    expect(first?.hash).toBe(cause);
  });
});

describe("configuration that the failing code reads", () => {
  const main = text("require_relative 'oven'", "", "Oven.new(YAML.load_file('conf/bake.yml')).heat");
  const oven = (...log: string[]) =>
    text("class Oven", "  def heat", ...log, "    @conf['oven']['degrees'] + 5", "  end", "end");
  const bake = (degrees: string, flour = "3") => text("oven:", `  degrees: ${degrees}`, `flour: ${flour}`);

  it("another kind of value under a key that the failing line names", async () => {
    ground.commit("Start", { files: { "conf/bake.yml": bake("220"), "oven.rb": oven(), "main.rb": main } });
    const cause = ground.commit("Readable", { files: { "conf/bake.yml": bake('"220"') } });
    ground.commit("More flour", { files: { "conf/bake.yml": bake('"220"', "4") } });
    ground.commit("Log", { files: { "oven.rb": oven("    puts 'heating'") } });
    const inspection = inspectionOf([
      ["oven.rb", 4, "heat"],
      ["main.rb", 3],
    ]);
    const [first] = await suspectsOf("TypeError: no implicit conversion of Integer into String", inspection);
    expect(first).toMatchObject({ hash: cause, changes: [{ path: "conf/bake.yml" }] });
    expect(first?.because[0]).toBe("changed_configured_value");
  });

  it("a file that no code names is not taken for it", async () => {
    ground.commit("Start", { files: { "conf/fry.yml": bake("220"), "oven.rb": oven(), "main.rb": main } });
    ground.commit("Readable", { files: { "conf/fry.yml": bake('"220"') } });
    const suspects = await suspectsOf(
      "TypeError: no implicit conversion of Integer into String",
      inspectionOf([["oven.rb", 3, "heat"]]),
    );
    expect(suspects.flatMap((each) => each.because)).not.toContain("changed_configured_value");
  });
});
