import { z } from "@hono/zod-openapi";
import * as access from "@/lib/contracts/access";
import * as account from "@/lib/contracts/account";
import * as assessmentReport from "@/lib/contracts/assessment-report";
import * as assessmentSections from "@/lib/contracts/assessment-sections";
import * as audit from "@/lib/contracts/audit";
import * as authorityEvidence from "@/lib/contracts/authority-evidence";
import * as authorityGraph from "@/lib/contracts/authority-graph";
import * as authorityInventory from "@/lib/contracts/authority-inventory";
import * as authoritySubjects from "@/lib/contracts/authority-subjects";
import * as authorityTopology from "@/lib/contracts/authority-topology";
import * as backtest from "@/lib/contracts/backtest";
import * as breakGlass from "@/lib/contracts/break-glass";
import * as bulk from "@/lib/contracts/bulk";
import * as config from "@/lib/contracts/config";
import * as configHistory from "@/lib/contracts/config-history";
import * as configResource from "@/lib/contracts/config-resource";
import * as configSafety from "@/lib/contracts/config-safety";
import * as configValues from "@/lib/contracts/config-values";
import * as debug from "@/lib/contracts/debug";
import * as deletion from "@/lib/contracts/deletion";
import * as deploymentCard from "@/lib/contracts/deployment-card";
import * as destinationActivity from "@/lib/contracts/destination-activity";
import * as draft from "@/lib/contracts/draft";
import * as event from "@/lib/contracts/event";
import * as evidence from "@/lib/contracts/evidence";
import * as firstRun from "@/lib/contracts/first-run";
import * as governance from "@/lib/contracts/governance";
import * as grouping from "@/lib/contracts/grouping";
import * as incident from "@/lib/contracts/incident";
import * as intakeKey from "@/lib/contracts/intake-key";
import * as issueTemplate from "@/lib/contracts/issue-template";
import * as listQuery from "@/lib/contracts/list-query";
import * as logPreview from "@/lib/contracts/log-preview";
import * as logSource from "@/lib/contracts/log-source";
import * as mcpServer from "@/lib/contracts/mcp-server";
import * as notification from "@/lib/contracts/notification";
import * as portableReceipt from "@/lib/contracts/portable-receipt";
import * as post from "@/lib/contracts/post";
import * as postAction from "@/lib/contracts/post-action";
import * as posture from "@/lib/contracts/posture";
import * as probe from "@/lib/contracts/probe";
import * as problem from "@/lib/contracts/problem";
import * as publish from "@/lib/contracts/publish";
import * as quiet from "@/lib/contracts/quiet";
import * as readiness from "@/lib/contracts/readiness";
import * as reassessment from "@/lib/contracts/reassessment";
import * as recordValues from "@/lib/contracts/record-values";
import * as redaction from "@/lib/contracts/redaction";
import * as report from "@/lib/contracts/report";
import * as retention from "@/lib/contracts/retention";
import * as review from "@/lib/contracts/review";
import * as routeLint from "@/lib/contracts/route-lint";
import * as routePreview from "@/lib/contracts/route-preview";
import * as runtimeEvent from "@/lib/contracts/runtime-event";
import * as savedView from "@/lib/contracts/saved-view";
import * as scenario from "@/lib/contracts/scenario";
import * as shadowDecision from "@/lib/contracts/shadow-decision";
import * as silence from "@/lib/contracts/silence";
import * as status from "@/lib/contracts/status";
import * as trend from "@/lib/contracts/trend";
import * as triage from "@/lib/contracts/triage";
import * as triageAgent from "@/lib/contracts/triage-agent";
import * as triagePhase from "@/lib/contracts/triage-phase";
import * as triageReview from "@/lib/contracts/triage-review";
import * as triageRun from "@/lib/contracts/triage-run";

/** Every module of contracts: what it exports as `draftSchema` the document calls `Draft`. */
export const contractModules: Readonly<Record<string, object>> = {
  ...{
    access,
    account,
    backtest,
    bulk,
    "authority-evidence": authorityEvidence,
    "authority-graph": authorityGraph,
    "authority-inventory": authorityInventory,
    "authority-subjects": authoritySubjects,
    "authority-topology": authorityTopology,
    audit,
    "break-glass": breakGlass,
    config,
    "config-safety": configSafety,
    "config-values": configValues,
    "config-history": configHistory,
  },
  ...{
    "config-resource": configResource,
    debug,
    deletion,
    "destination-activity": destinationActivity,
    draft,
    event,
    evidence,
    "first-run": firstRun,
  },
  ...{
    incident,
    "log-preview": logPreview,
    "log-source": logSource,
    "mcp-server": mcpServer,
    "list-query": listQuery,
    "intake-key": intakeKey,
    "issue-template": issueTemplate,
    notification,
  },
  ...{ "assessment-report": assessmentReport, "assessment-sections": assessmentSections, posture, probe },
  ...{
    "portable-receipt": portableReceipt,
    post,
    "post-action": postAction,
    problem,
    publish,
    "record-values": recordValues,
    redaction,
  },
  ...{
    report,
    retention,
    review,
    "route-lint": routeLint,
    "route-preview": routePreview,
    "runtime-event": runtimeEvent,
  },
  ...{
    "saved-view": savedView,
    scenario,
    "shadow-decision": shadowDecision,
    silence,
    status,
    trend,
    triage,
    grouping,
    quiet,
  },
  ...{ "deployment-card": deploymentCard, governance, readiness, reassessment },
  ...{
    "triage-agent": triageAgent,
    "triage-phase": triagePhase,
    "triage-review": triageReview,
    "triage-run": triageRun,
  },
};

export type JsonSchema = { [key: string]: unknown; $ref?: string };

const prefix = "#/components/schemas/";
/** Bounds that zod writes beside every whole number; they say nothing of ours. */
const noise = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

type Io = "input" | "output";

/**
 * The JSON Schema forms of the very zod schemas that validate, with the contracts' records as named components. A record
 * is described as it is sent (`input`) or as it is answered (`output`); one that is both must be the same.
 */
export function createSchemaSet() {
  const names = namesOfContracts();
  const inline: Record<Io, Map<z.ZodType, string>> = { input: new Map(), output: new Map() };
  const used: Array<{ name: string; io: Io }> = [];

  /** A reference to the schema's component, or a placeholder that `resolve` fills in. */
  function use(schema: z.ZodType, io: Io): JsonSchema {
    const name = names.get(schema) ?? inline[io].get(schema) ?? `~${inline[io].size}.${io}`;
    if (!names.has(schema)) inline[io].set(schema, name);
    used.push({ name, io });
    return { $ref: prefix + name };
  }

  /** `document` with every placeholder filled in, and the components that it refers to. */
  function resolve(document: unknown): { document: unknown; components: Record<string, JsonSchema> } {
    const forms = {
      input: formsOf(new Map([...names, ...inline.input]), "input"),
      output: formsOf(new Map([...names, ...inline.output]), "output"),
    };
    const found: Record<string, JsonSchema> = {};
    const queue = [...used];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const { name, io } = next;
      const form = forms[io][name];
      if (!form) throw new Error(`No schema is called ${name}`);
      const earlier = found[name];
      if (earlier && JSON.stringify(earlier) !== JSON.stringify(form)) {
        throw new Error(
          `${name} is not the same in requests and in answers: give one of them its own schema`,
        );
      }
      if (earlier) continue;
      found[name] = form;
      queue.push(...referencesIn(form).map((each) => ({ name: each, io })));
    }
    const named = Object.entries(found).filter(([name]) => !name.startsWith("~"));
    return {
      document: filledIn(document, found),
      components: Object.fromEntries(named.sort(([a], [b]) => a.localeCompare(b))),
    };
  }

  return { use, resolve };
}

/** Placeholders beside other keys (a description) keep them. */
function filledIn(value: unknown, forms: Record<string, JsonSchema>): unknown {
  if (Array.isArray(value)) return value.map((each) => filledIn(each, forms));
  if (value === null || typeof value !== "object") return value;
  const { $ref, ...rest } = value as JsonSchema;
  const name = $ref?.startsWith(`${prefix}~`) ? $ref.slice(prefix.length) : null;
  const inner = Object.entries(rest).map(([key, member]) => [key, filledIn(member, forms)] as const);
  if (name) return { ...forms[name], ...Object.fromEntries(inner) };
  return { ...($ref !== undefined && { $ref }), ...Object.fromEntries(inner) };
}

/** `draftListSchema` -> `DraftList`. Scalars are written where they stand. */
function namesOfContracts(): Map<z.ZodType, string> {
  const names = new Map<z.ZodType, string>();
  const taken = new Set<string>();
  for (const exported of Object.values(contractModules)) {
    for (const [exportName, value] of Object.entries(exported)) {
      if (!exportName.endsWith("Schema") || !isRecordLike(value) || names.has(value)) continue;
      const name = exportName.charAt(0).toUpperCase() + exportName.slice(1, -"Schema".length);
      if (taken.has(name)) throw new Error(`Two contracts export ${exportName}`);
      taken.add(name);
      names.set(value, name);
    }
  }
  return names;
}

function isRecordLike(value: unknown): value is z.ZodType {
  return value instanceof z.ZodObject || value instanceof z.ZodUnion || value instanceof z.ZodEnum;
}

function formsOf(names: ReadonlyMap<z.ZodType, string>, io: Io): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: "any",
    uri: (id) => prefix + id,
    override: ({ zodSchema, jsonSchema }) => {
      const definition = zodSchema._zod.def as { type: string; catchall?: unknown };
      // Answers may gain members: only what is refused when unknown says that it is closed.
      if (definition.type === "object" && !definition.catchall) delete jsonSchema.additionalProperties;
      if (definition.type === "record") delete jsonSchema.propertyNames;
      if (jsonSchema.minimum === noise.minimum) delete jsonSchema.minimum;
      if (jsonSchema.maximum === noise.maximum) delete jsonSchema.maximum;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas as Record<string, JsonSchema>).map(([name, { $schema, $id, ...form }]) => [
      name,
      form,
    ]),
  );
}

export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "$ref" && typeof member === "string" ? [member.slice(prefix.length)] : referencesIn(member),
  );
}
