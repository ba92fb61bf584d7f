import type { Edit } from "./suspect-edit";
import type { Token } from "./suspect-tokens";

/** What an edit of code does, in ways that failures come from. */
export type Trait =
  | "removed_guard"
  | "dropped_await"
  | "reordered"
  | "changed_operator"
  | "changed_number"
  | "changed_name_or_text"
  | "brings_nothing"
  | "small_edit";

/** Words and marks that stand where somebody thought of what may be missing or wrong. */
const guardNames: ReadonlySet<string> = new Set(
  (
    "if unless try except catch rescue ensure finally assert raise throw throws return continue break default guard require " +
    "None null nil undefined isNull isEmpty isPresent orElse orElseGet ofNullable Optional getOrDefault fetch dig get " +
    "setdefault isinstance instanceof hasattr getattr present? blank? nil? empty? key? has include? includes contains " +
    "containsKey hasOwnProperty len length size max min clamp strip trim validate check ok err and or not isNaN isFinite " +
    "Number parseInt parseFloat int float str String to_s to_i to_f Integer Float copy dup clone Clone structuredClone cloneDeep deep_dup copyOf toSorted toReversed sorted make super list dict deepcopy slice freeze lock Lock synchronized mutex"
  ).split(" "),
);
const guardMarks: ReadonlySet<string> = new Set([
  "?.",
  "??",
  "||",
  "&&",
  "&.",
  "?",
  "!=",
  "!==",
  "??=",
  "||=",
]);
const comparing: ReadonlySet<string> = new Set(
  "< > <= >= == != === !== + - * / % ** // ! && || & | << >> .. ...".split(" "),
);

/** What stands for no value at all. */
const isNothing = (each: Token): boolean =>
  each.kind === "name" && /^(?:None|null|nil|undefined|NULL|nullptr)$/.test(each.text);

const isGuard = (each: Token): boolean =>
  (each.kind === "name" && guardNames.has(each.text)) ||
  (each.kind === "operator" && guardMarks.has(each.text));

/** Traits of one edit; only asked of those that change code. */
export function traitsOf({ removedTokens, addedTokens, removed, added }: Edit): Set<Trait> {
  const traits = new Set<Trait>();
  if (removedTokens.length === 0) return traits;
  const lost = missingFrom(removedTokens, addedTokens);
  const gained = missingFrom(addedTokens, removedTokens);
  if (lost.filter(isGuard).length > gained.filter(isGuard).length) traits.add("removed_guard");
  if (count(removedTokens, "await") > count(addedTokens, "await")) traits.add("dropped_await");
  if (lost.length === 0 && gained.length === 0) traits.add("reordered");
  const isOperator = (each: Token) =>
    each.kind === "operator"
      ? comparing.has(each.text)
      : each.kind === "name" && /^(?:and|or|not|in|is)$/.test(each.text);
  if (addedTokens.length > 0 && (lost.some(isOperator) || gained.some(isOperator)))
    traits.add("changed_operator");
  if (
    lost.some((each) => each.kind === "number") ||
    (addedTokens.length > 0 && gained.some((each) => each.kind === "number"))
  ) {
    traits.add("changed_number");
  }
  const isNamed = (each: Token) =>
    (each.kind === "name" && !guardNames.has(each.text)) || each.kind === "string";
  if (lost.some(isNamed) && gained.some(isNamed)) traits.add("changed_name_or_text");
  // In a condition it asks for nothing, and brings none.
  if (gained.some(isNothing) && !lost.some(isNothing) && !traits.has("changed_operator"))
    traits.add("brings_nothing");
  if (lost.length + gained.length <= 8 && removed.length <= 4 && added.length <= 4) traits.add("small_edit");
  return traits;
}

const keyOf = (each: Token) => `${each.kind}:${each.text}`;

/** Tokens of `these` beyond what `those` have of the same. */
export function missingFrom(these: readonly Token[], those: readonly Token[]): Token[] {
  const left = new Map<string, number>();
  for (const each of those) left.set(keyOf(each), (left.get(keyOf(each)) ?? 0) + 1);
  return these.filter((each) => {
    const still = left.get(keyOf(each)) ?? 0;
    if (still > 0) left.set(keyOf(each), still - 1);
    return still === 0;
  });
}

const count = (tokens: readonly Token[], name: string): number =>
  tokens.filter((each) => each.kind === "name" && each.text === name).length;

/** Kinds of failure that edits of some kinds are known to bring. */
export type FailureKind =
  | "missing_value"
  | "missing_name"
  | "range"
  | "arithmetic"
  | "wrong_type"
  | "import"
  | "timing"
  | "other";

const kinds: ReadonlyArray<[FailureKind, RegExp]> = [
  [
    "import",
    /ModuleNotFound|ImportError|Cannot find module|ClassNotFound|NoClassDefFound|LoadError|cannot load such file|no required module/i,
  ],
  [
    "timing",
    /TimeoutError|timed? ?out|deadline exceeded|Promise|coroutine|was never awaited|ConcurrentModification|deadlock|RecursionError|StackOverflow|Maximum call stack|stack level too deep/i,
  ],
  [
    "range",
    /IndexError|IndexOutOfBounds|index out of|out of range|RangeError|slice bounds|Invalid array length/i,
  ],
  [
    "arithmetic",
    /ZeroDivision|divi(?:de|sion) by zero|divided by 0|Arithmetic|overflow|NaN|Infinity|math domain/i,
  ],
  [
    "missing_name",
    /KeyError|NameError|AttributeError|ReferenceError|NoSuchMethod|NoSuchField|NoSuchElement|is not defined|is not a function|has no attribute|key not found|undefined (?:local variable|method)(?!.*\bfor nil)|unknown (?:key|field|column)|missing|required/i,
  ],
  [
    "missing_value",
    /NoneType|NullPointer|nil pointer|undefined|\bnull\b|for nil|NilClass|nil:|UnboundLocal|not iterable|invalid memory address/i,
  ],
  [
    "wrong_type",
    /TypeError|ClassCast|NumberFormat|ValueError|ArgumentError|cannot convert|can't be coerced|implicit conversion|interface conversion|unsupported operand|invalid literal|IllegalArgument|positional argument|wrong number of arguments|parse|JSON|decode/i,
  ],
];

export const failureKindOf = (message: string): FailureKind =>
  kinds.find(([, pattern]) => pattern.test(message))?.[0] ?? "other";

const fitting: Readonly<Record<FailureKind, readonly Trait[]>> = {
  missing_value: ["brings_nothing", "removed_guard", "dropped_await", "changed_name_or_text", "reordered"],
  missing_name: ["brings_nothing", "changed_name_or_text", "removed_guard", "dropped_await"],
  range: ["changed_operator", "changed_number", "removed_guard", "reordered"],
  arithmetic: ["removed_guard", "changed_operator", "changed_number"],
  wrong_type: ["removed_guard", "changed_number", "changed_name_or_text", "reordered", "dropped_await"],
  import: ["changed_name_or_text"],
  timing: ["dropped_await", "changed_number", "removed_guard"],
  other: [],
};

/** Does the edit do what failures of this kind come from? */
export const fitsFailure = (traits: ReadonlySet<Trait>, kind: FailureKind): boolean =>
  fitting[kind].some((trait) => traits.has(trait));
