import { exceptionWords, lackWords } from "./proposal-cause";
import { callersOf, type ProposalGround } from "./proposal-ground";
import { calledFunction } from "./read-code";
import { resolvedFrames } from "./triage-claim";
import { listed, oneLine, place, quoted, shortHash } from "./triage-words";

const stepCap = 8;
const stepLength = 400;

const bounded = (rows: readonly string[]) => rows.slice(0, stepCap).map((row) => oneLine(row, stepLength));

/** How to see it happen, from the report: a request, a test, the outermost call. Empty where the report tells no way in. */
export function reproductionOf(ground: ProposalGround): string[] {
  const asked = [...requestSteps(ground), ...testSteps(ground)];
  const entry = [...asked, ...entrySteps(ground, asked.length > 0)];
  if (entry.length === 0) return [];
  const { at, cause } = ground;
  const when =
    cause === "none" || ground.meaning.class === "own_message" ? [] : [`Arrange that ${lackWords(ground)}.`];
  const seen = `${exceptionWords(ground)} is raised${at === null ? "" : ` at ${place(at.path, at.line)}`}.`;
  return bounded([...environmentSteps(ground), ...when, ...entry, seen]);
}

/** What has to be as it was where it failed, where validation found that it differs. */
function environmentSteps({ validation }: ProposalGround): string[] {
  return validation.claims
    .filter((claim) => claim.verdict === "refuted" && /^same_(?:release|runtime|library)$/.test(claim.rule))
    .slice(0, 2)
    .map((claim) => `Use what it ran on: ${claim.statement}`);
}

function requestSteps({ reported }: ProposalGround): string[] {
  for (const line of reported) {
    const request = /\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\/[^\s"'`<>]{0,200})/.exec(line);
    if (request) return [`Send ${quoted(`${request[1]} ${request[2]}`, 200)}, as the report names it.`];
  }
  return [];
}

/** Names of tests, as the runners print them; only what can be nothing else, since somebody may paste it. */
const testNames: readonly RegExp[] = [
  /^(?:FAILED |ERROR )?([\w./-]{1,200}\.py::[\w:[\]-]{1,200})/,
  /^\s*--- FAIL: (Test\w{1,200}(?:\/[\w-]{1,200}){0,5})/,
  /^rspec (\.\/[\w./-]{1,200}_spec\.rb:\d{1,6})/,
  /^(?:\[ERROR\] {1,4})?((?:[\w$]+\.){0,12}\w*Tests?\.\w{1,200}):\d{1,6}/,
  /^\s*FAIL\s+([\w./-]{1,200}\.(?:test|spec)\.[cm]?[jt]sx?)/,
  /^test ([\w:]{1,200}) \.\.\. FAILED/,
];

const testPath =
  /(?:^|\/)(?:tests?|specs?|__tests__)\/|(?:^|\/)test_[^/]*\.py$|_test\.(?:go|py|rb)$|\.(?:test|spec)\.[cm]?[jt]sx?$|Tests?\.(?:java|kt|cs|php)$|_spec\.rb$/;

function testSteps({ reported, inspection, tests }: ProposalGround): string[] {
  const with_ = tests === null ? "" : ` with ${quoted(tests.command)}`;
  for (const line of reported) {
    const name = testNames
      .map((pattern) => pattern.exec(line.trimEnd())?.[1])
      .find((each) => each !== undefined);
    if (name !== undefined) return [`Run the test ${quoted(name, 240)}${with_}.`];
  }
  const frame = resolvedFrames(inspection, 40).findLast((each) => testPath.test(each.path));
  return frame ? [`Run the test at ${place(frame.path, frame.line)}${with_}.`] : [];
}

function entrySteps(ground: ProposalGround, isAsked: boolean): string[] {
  const frames = resolvedFrames(ground.inspection, 40);
  const entry = frames.at(-1);
  if (!entry) return [];
  const called = entry.function === null ? null : calledFunction(entry.function);
  const what =
    called?.kind === "named"
      ? `${quoted(called.name, 80)} (${place(entry.path, entry.line)})`
      : place(entry.path, entry.line);
  if (frames.length === 1) return isAsked ? [] : [`Have ${what} run.`];
  const { at } = ground;
  const reaches = at === null ? "" : `; it reaches ${place(at.path, at.line)}`;
  return [`Begin at ${what}, the outermost call of the trace in this project${reaches}.`];
}

/** When it is done; each names the failure, the place or the commit. Empty where no cause was found. */
export function acceptanceOf(ground: ProposalGround): string[] {
  const { cause, at, meaning, change, suspect } = ground;
  if (cause === "none") return [];
  const lack = lackWords(ground);
  const where = at === null ? "" : ` at ${place(at.path, at.line)}`;
  const rows = [
    `${exceptionWords(ground)} is no longer raised${where}${meaning.class === "own_message" ? "" : ` when ${lack}`}.`,
  ];
  if (cause === "module")
    rows.push(
      `${quoted(meaning.subject ?? "", 80)} can be loaded after a fresh installation from the lock file.`,
    );
  else if (cause === "service")
    rows.push(`When ${lack}, the error says so and names the service; nothing else fails because of it.`);
  else if (meaning.class !== "own_message")
    rows.push(`What happens when ${lack} is decided on, and a test covers it.`);
  if (cause === "change" && change !== null && suspect !== null)
    rows.push(
      `What commit ${shortHash(suspect.hash)} changed at ${place(change.change.path, Math.max(1, change.change.fromLine))} is put right or confirmed, and the change says which.`,
    );
  const callers = callersOf(ground)
    .slice(0, 3)
    .map((frame) => place(frame.path, frame.line));
  if (callers.length > 0)
    rows.push(
      `${listed(callers)}, which ${callers.length === 1 ? "calls" : "call"} it in this trace, ${callers.length === 1 ? "works" : "work"} as before.`,
    );
  return bounded(rows);
}

/** How to show that it is done. A command is named only where the project was seen to have it. */
export function verificationOf(ground: ProposalGround, reproduction: readonly string[]): string[] {
  const { cause, at, tests, meaning, subject } = ground;
  if (cause === "none") return [];
  const rows: string[] = [];
  if (reproduction.length > 0)
    rows.push(`Repeat the steps of the reproduction: ${exceptionWords(ground)} does not come.`);
  if (at !== null && cause !== "module") {
    const what =
      at.function === null
        ? place(at.path, at.line)
        : `${quoted(at.function, 80)} in ${quoted(at.path, 200)}`;
    const when =
      meaning.class === "own_message" ? "with the input that was reported" : `when ${lackWords(ground)}`;
    rows.push(`Add a test that runs ${what} ${when}: it fails before the change and passes after it.`);
  }
  if (tests !== null) {
    const folder = tests.path.includes("/")
      ? ` in ${quoted(tests.path.slice(0, tests.path.lastIndexOf("/")), 200)}`
      : "";
    rows.push(`Run ${quoted(tests.command)}${folder} (${quoted(tests.path, 200)} says so).`);
  }
  rows.push(`After the release, incident ${quoted(subject.incidentId, 80)} has no further occurrence.`);
  return bounded(rows);
}
