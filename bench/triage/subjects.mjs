/** What commits are called. "Fix" is in every pool, so that the word says nothing about which commit it was. */
const pools = {
  comment: [
    "Comments in M",
    "Fix comments of F",
    "Explain F a little",
    "Notes for whoever reads F",
    "M: say why",
  ],
  log: [
    "More logging in M",
    "Log what F does",
    "Fix missing log line in F",
    "Trace M for the operations team",
  ],
  rename: ["Clearer names in F", "Rename a local of F", "Fix naming in M", "M: names as everywhere else"],
  format: ["Format M", "Fix line length in M", "Layout of F", "Tidy M", "M: apply the formatter"],
  refactor: ["Refactor F", "Simplify F", "Fix style of F", "F in smaller steps", "Rework F"],
  docs: ["Document F", "Fix docs of M", "Docs for M", "Describe F"],
  typing: ["Types for F", "Fix types in M", "Annotate M"],
  move: [
    "Reorder M",
    "Move F next to what it belongs to",
    "Fix order of functions in M",
    "Group functions of M",
  ],
  feature: ["Add F", "M: F", "Fix missing F", "Support F in M"],
  count: [
    "Count calls of F",
    "Figures for the dashboard in M",
    "Fix missing count of F",
    "How often F is called",
  ],
  switch: ["A switch for F", "Pause M by hand", "Fix missing switch of F", "M can be paused"],
  notes: ["Notes on operation", "Fix notes", "More notes", "Write down what we agreed"],
  module: ["Add M", "First version of M", "M: first part", "New module M"],
};

const conventional = {
  ...{ comment: "docs", docs: "docs", notes: "docs", log: "chore", format: "style", typing: "refactor" },
  ...{
    rename: "refactor",
    refactor: "refactor",
    move: "refactor",
    feature: "feat",
    count: "feat",
    switch: "feat",
    module: "feat",
    plant: "refactor",
  },
};

const lower = (text) => text[0].toLowerCase() + text.slice(1);

/** One repository's way of writing subjects. `texts` are for a planted change, which has its own. */
export function subjectsOf(random) {
  const way = random.pick(["plain", "plain", "conventional", "ticket"]);
  const prefix = random.pick(["OPS", "CORE", "SHOP"]);
  return (kind, { module = "core", function: name = module }, texts = pools[kind]) => {
    const text = random.pick(texts).replace(/\bM\b/g, module).replace(/\bF\b/g, name);
    if (way === "plain") return text;
    if (way === "ticket") return `${prefix}-${random.int(100, 990)} ${text}`;
    const type = /\bFix\b/i.test(text) ? "fix" : random.chance(0.1) ? "chore" : conventional[kind];
    return `${type}(${module}): ${lower(text.replace(`${module}: `, ""))}`;
  };
}
