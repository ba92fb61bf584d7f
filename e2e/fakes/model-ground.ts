import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ModelBudget } from "@/lib/domain/model-budget";
import type { PhaseArtifacts, SimilarRecord, TriageSubject } from "@/lib/domain/triage";
import { createSafeFetch, type SafeRequest } from "@/lib/net/safe-fetch";
import { builtInProfiles } from "@/lib/redaction/profiles";
import { redactLines } from "@/lib/redaction/redact-text";
import { analyseWithModel } from "@/lib/triage/model/analyse-with-model";
import type { ModelAnalysis, ModelDeps, ModelInput, ModelPorts } from "@/lib/triage/model/model-analysis";
import { type ModelEndpoint, type ModelMind, type ModelStep, startModelEndpoint } from "./model-endpoint";
import { foundByRules, reportedFailure } from "./model-subject";

export { goodAnswer } from "./model-subject";

export const modelKey = "sk-test-model-key";
export const boundary = "b7c1f0a94e2d48c6a1";
const commitEnv = {
  GIT_AUTHOR_DATE: "2026-01-02T03:04:05Z",
  GIT_COMMITTER_DATE: "2026-01-02T03:04:05Z",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};

export type ModelGroundOptions = {
  mind?: ModelMind | ModelStep;
  files?: Record<string, string>;
  /** The second commit's; the first brings every file, the second changes src/cart.py. */
  commitMessage?: string;
  similar?: SimilarRecord[];
};

export const plainBudget: ModelBudget = {
  callCountMax: 8,
  toolCallCountMax: 12,
  inputTokenMax: 400_000,
  outputTokenMax: 20_000,
  durationMsMax: 30_000,
  costMax: 5,
  inputPricePerMillion: 3,
  outputPricePerMillion: 15,
};

const cart = [
  "def total(items, voucher=None):",
  "    subtotal = sum(item.price for item in items)",
  "    # vouchers are optional",
  "    return subtotal - voucher.amount",
  "",
];

/** A project in a real repository, a model on loopback, and everything an analysis is given. */
export async function modelGround(options: ModelGroundOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), "model-ground-"));
  const git = (...parts: string[]) =>
    execFileSync("git", ["-C", root, ...parts], {
      encoding: "utf8",
      env: { ...process.env, ...commitEnv },
    }).trim();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const commit = (message: string) => {
    git("add", "--all", "--force");
    git("-c", "user.name=Ada", "-c", "user.email=ada@example.test", "commit", "--quiet", "-m", message);
    return git("rev-parse", "HEAD");
  };
  git("init", "--quiet");
  write("src/cart.py", `${cart.join("\n").replace("- voucher.amount", "")}`);
  write("src/other.py", "def unrelated():\n    return 1\n");
  for (const [path, text] of Object.entries(options.files ?? {})) write(path, text);
  const firstCommit = commit("Cart");
  if (!options.files?.["src/cart.py"]) write("src/cart.py", cart.join("\n"));
  else write("src/cart.py", `${options.files["src/cart.py"]}\n# changed\n`);
  const suspect = commit(options.commitMessage ?? "Take vouchers off the total");

  const endpoint: ModelEndpoint = await startModelEndpoint({ key: modelKey, otherwise: options.mind });
  const safeFetch = createSafeFetch();
  const fetched: SafeRequest[] = [];
  const portCalls: Array<{ port: string; arguments: unknown[] }> = [];
  const noted = <Arguments extends unknown[], Answer>(
    port: string,
    read: (...given: Arguments) => Promise<Answer>,
  ) => {
    return (...given: Arguments) => {
      portCalls.push({ port, arguments: given.filter((each) => !(each instanceof AbortSignal)) });
      return read(...given);
    };
  };
  const linesOf = (path: string) => readFileSync(join(root, path), "utf8").split("\n");
  const ports: ModelPorts = {
    readCode: noted("readCode", async (path, from, to) => {
      try {
        return { ok: true, fromLine: from, lines: linesOf(path).slice(from - 1, to) };
      } catch {
        return { ok: false, outcome: "absent", note: "there is no such file" };
      }
    }),
    searchCode: noted("searchCode", async (text) => ({
      ok: true,
      hits: git("ls-files")
        .split("\n")
        .flatMap((path) => linesOf(path).map((each, index) => ({ path, line: index + 1, text: each })))
        .filter((hit) => hit.text.includes(text)),
    })),
    readCommit: noted("readCommit", async (hash) => {
      const found = git("log", "--format=%H", "--all")
        .split("\n")
        .find((each) => each.startsWith(hash));
      if (!found) return { ok: false, outcome: "absent", note: "there is no such commit" };
      const changed = git("show", "--format=", "--unified=0", found).split("\n");
      return {
        ok: true,
        hash: found,
        author: "Ada",
        committedAtMs: 1_767_323_045_000,
        message: git("show", "--no-patch", "--format=%B", found),
        changes: [
          {
            path: "src/cart.py",
            fromLine: 1,
            removed: changed.filter((row) => /^-[^-]/.test(row)).map((row) => row.slice(1)),
            added: changed.filter((row) => /^\+[^+]/.test(row)).map((row) => row.slice(1)),
          },
        ],
      };
    }),
    listSimilar: noted("listSimilar", async () => ({ ok: true, records: options.similar ?? [] })),
  };
  const deps: ModelDeps = {
    access: {
      baseUrl: endpoint.url,
      key: modelKey,
      modelId: "test-model",
      policy: {
        allowInsecureHttp: true,
        allowPrivateNetworks: true,
        privateNetworks: ["127.0.0.0/8"],
        allowedHosts: [],
      },
    },
    fetch: (request) => {
      fetched.push(request);
      return safeFetch(request);
    },
    ports,
    redact: (text) => redactLines(text.split("\n"), builtInProfiles.standard).lines.join("\n"),
    boundary,
    nowMs: Date.now,
  };

  return {
    endpoint,
    deps,
    ports,
    portCalls,
    fetched,
    suspect,
    firstCommit,
    input: (overrides: Partial<TriageSubject> = {}, found?: Partial<PhaseArtifacts>): ModelInput => ({
      subject: { ...reportedFailure, ...overrides },
      found: found ?? foundByRules(linesOf("src/cart.py"), suspect),
      labelVocabulary: ["bug", "regression"],
    }),
    async analyse(
      given: {
        input?: ModelInput;
        budget?: Partial<ModelBudget>;
        deps?: Partial<ModelDeps>;
        signal?: AbortSignal;
      } = {},
    ): Promise<ModelAnalysis> {
      return analyseWithModel(
        given.input ?? this.input(),
        { ...deps, ...given.deps },
        {
          budget: { ...plainBudget, ...given.budget },
          signal: given.signal ?? new AbortController().signal,
        },
      );
    },
    /** Everything that reached the endpoint, as one text. */
    sentText: () => endpoint.requests.map(({ rawBody }) => rawBody).join("\n"),
    async close() {
      await endpoint.close();
      await safeFetch.destroy();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export type ModelGround = Awaited<ReturnType<typeof modelGround>>;
